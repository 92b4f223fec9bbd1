// The registry of images. No admin user, no public network; who pulls is a managed identity. Pulling without a name is
// off unless somebody switches it on; this version of the interface has no property for it.

@description('Letters and digits only, 5 to 50, unique in all of Azure.')
@minLength(5)
@maxLength(50)
param name string

param location string

param tags object

param endpointsSubnetId string

param zoneId string

param workspaceId string

@description('Addresses outside the network from which images are pushed; empty for none, which closes the public side.')
param operatorAddresses array

@description('Days after which an image without a tag is removed. Releases keep their tag, which deploy.sh locks.')
param untaggedDays int

@description('Holds images back until a scanner says they are good. Without a scanner nothing could ever be pulled.')
param quarantine bool

param zoneRedundant bool

@description('Principals that pull images.')
param pullPrincipalIds array

// AcrPull
var pullRole = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Premium'
  }
  properties: {
    adminUserEnabled: false
    publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled'
    networkRuleBypassOptions: 'AzureServices'
    networkRuleSet: {
      defaultAction: 'Deny'
      ipRules: [for address in operatorAddresses: {
        action: 'Allow'
        value: address
      }]
    }
    zoneRedundancy: zoneRedundant ? 'Enabled' : 'Disabled'
    policies: {
      quarantinePolicy: {
        status: quarantine ? 'enabled' : 'disabled'
      }
      retentionPolicy: {
        status: 'enabled'
        days: untaggedDays
      }
      // Docker Content Trust is on its way out of Azure; images are deployed by their digest.
      trustPolicy: {
        type: 'Notary'
        status: 'disabled'
      }
    }
  }
}

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principalId in pullPrincipalIds: {
  name: guid(registry.id, principalId, pullRole)
  scope: registry
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pullRole)
  }
}]

module endpoint 'private-endpoint.bicep' = {
  name: '${name}-endpoint'
  params: {
    name: '${name}-pe'
    location: location
    tags: tags
    subnetId: endpointsSubnetId
    targetId: registry.id
    groupId: 'registry'
    zoneId: zoneId
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: registry
  properties: {
    workspaceId: workspaceId
    // Logins, pushes, pulls.
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

output id string = registry.id
output loginServer string = registry.properties.loginServer
