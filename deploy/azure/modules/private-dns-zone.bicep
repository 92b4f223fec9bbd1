// One private DNS zone, linked to the network, so that names of private endpoints resolve to private addresses there.

@description('Name of the zone, such as privatelink.azurecr.io.')
param name string

param tags object

@description('The network that asks the zone.')
param networkId string

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: name
  location: 'global'
  tags: tags
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: zone
  name: 'network'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

output id string = zone.id
