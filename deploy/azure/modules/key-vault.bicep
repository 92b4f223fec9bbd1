// The vault of secrets and keys. Roles of Azure decide who reads what; nothing can be removed for good before its time.

@minLength(3)
@maxLength(24)
param name string

param location string

param tags object

param endpointsSubnetId string

param zoneId string

param workspaceId string

@description('Addresses outside the network from which secrets are written; empty for none, which closes the public side.')
param operatorAddresses array

@description('Principals that read secrets: the identity of the workload.')
param readerPrincipalIds array

@description('Principals that read certificates with their keys: the identity of the gateway.')
param certificateReaderPrincipalIds array

@description('Group of the people who write secrets; empty if that is arranged elsewhere.')
param officersGroupId string

// Key Vault Secrets User
var readerRole = '4633458b-17de-408a-b874-0445c86b69e6'
// Key Vault Certificate User
var certificateRole = 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba'
// Key Vault Secrets Officer
var officerRole = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      // Keys in hardware.
      name: 'premium'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForTemplateDeployment: false
    enabledForDiskEncryption: false
    publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      // The encryption of disks asks the vault from outside the network.
      bypass: 'AzureServices'
      ipRules: [for address in operatorAddresses: {
        value: address
      }]
      virtualNetworkRules: []
    }
  }
}

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principalId in readerPrincipalIds: {
  name: guid(vault.id, principalId, readerRole)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRole)
  }
}]

resource certificateReaders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principalId in certificateReaderPrincipalIds: {
  name: guid(vault.id, principalId, certificateRole)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', certificateRole)
  }
}]

resource officers 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(officersGroupId)) {
  name: guid(vault.id, officersGroupId, officerRole)
  scope: vault
  properties: {
    principalId: officersGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', officerRole)
  }
}

module endpoint 'private-endpoint.bicep' = {
  name: '${name}-endpoint'
  params: {
    name: '${name}-pe'
    location: location
    tags: tags
    subnetId: endpointsSubnetId
    targetId: vault.id
    groupId: 'vault'
    zoneId: zoneId
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: vault
  properties: {
    workspaceId: workspaceId
    // Every read of a secret, by whom and from where.
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
