// The archive of the audit log: what is put here can be read, and neither changed nor removed before its time.

@description('Small letters and digits only, unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

param location string

param tags object

param endpointsSubnetId string

param zoneId string

param workspaceId string

@description('Days for which a file cannot be changed or removed. Six years are 2192 days (45 CFR 164.316(b)(2)(i)).')
@minValue(1)
@maxValue(146000)
param retentionDays int

@description('Replication: Standard_ZRS within a region, Standard_GZRS also to another one.')
@allowed([
  'Standard_ZRS'
  'Standard_GZRS'
  'Standard_GRS'
])
param replication string

@description('Principal that puts files here; empty for nobody yet.')
param archivistPrincipalId string

@description('Group of the people who read the archive; empty for nobody yet.')
param auditorsGroupId string

// Storage Blob Data Contributor
var writerRole = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
// Storage Blob Data Reader
var readerRole = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: replication
  }
  properties: {
    accessTier: 'Hot'
    supportsHttpsTrafficOnly: true
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    publicNetworkAccess: 'Disabled'
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'AzureServices'
      ipRules: []
      virtualNetworkRules: []
    }
    encryption: {
      keySource: 'Microsoft.Storage'
      // Twice, with two keys.
      requireInfrastructureEncryption: true
      services: {
        blob: {
          enabled: true
          keyType: 'Account'
        }
        file: {
          enabled: true
          keyType: 'Account'
        }
      }
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    changeFeed: {
      enabled: true
    }
    deleteRetentionPolicy: {
      enabled: true
      days: 90
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 90
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'audit'
  properties: {
    publicAccess: 'None'
  }
}

// It begins unlocked, so that a mistake in the number of days can be put right; docs/azure.md says how it is locked.
// A template cannot lock it, and once it is locked nobody can make it shorter.
resource immutability 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2023-05-01' = {
  parent: container
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: retentionDays
    // Files are put here whole; nothing is appended to.
    allowProtectedAppendWrites: false
  }
}

// Not to the archive tier: accounts with replication between zones do not have it, and a file there cannot be checked
// for hours.
resource tiers 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'audit-to-colder-tiers'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['audit/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: 30
                }
                tierToCold: {
                  daysAfterModificationGreaterThan: 180
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource archivist 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(archivistPrincipalId)) {
  name: guid(container.id, archivistPrincipalId, writerRole)
  scope: container
  properties: {
    principalId: archivistPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', writerRole)
  }
}

resource auditors 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(auditorsGroupId)) {
  name: guid(container.id, auditorsGroupId, readerRole)
  scope: container
  properties: {
    principalId: auditorsGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRole)
  }
}

module endpoint 'private-endpoint.bicep' = {
  name: '${name}-endpoint'
  params: {
    name: '${name}-pe'
    location: location
    tags: tags
    subnetId: endpointsSubnetId
    targetId: account.id
    groupId: 'blob'
    zoneId: zoneId
  }
}

resource accountDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: account
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    // Every read, write and removal, by whom.
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

output id string = account.id
output name string = account.name
output containerName string = container.name
