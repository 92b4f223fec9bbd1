// The key of the site's own for the disks of the nodes: made in the vault, turned once a year, used by nothing else.

param name string

param location string

param tags object

@description('The vault that holds the key.')
param vaultName string

// Key Vault Crypto Service Encryption User
var wrapRole = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'disks'
  tags: tags
  properties: {
    kty: 'RSA-HSM'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    attributes: {
      enabled: true
      exportable: false
    }
    // A version that ran out could not open the disks any more, so versions are followed and never end.
    rotationPolicy: {
      lifetimeActions: [
        {
          action: {
            type: 'rotate'
          }
          trigger: {
            timeAfterCreate: 'P1Y'
          }
        }
      ]
    }
  }
}

resource encryption 'Microsoft.Compute/diskEncryptionSets@2023-10-02' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    activeKey: {
      keyUrl: key.properties.keyUriWithVersion
    }
    encryptionType: 'EncryptionAtRestWithPlatformAndCustomerKeys'
    rotationToLatestKeyVersionEnabled: true
  }
}

resource wraps 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(key.id, name, wrapRole)
  scope: key
  properties: {
    principalId: encryption.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', wrapRole)
  }
}

output id string = encryption.id
