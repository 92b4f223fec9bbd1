// The network: one subnet for the nodes of AKS, one that App Service leaves through, one for private endpoints.

@description('Name of the virtual network; the subnets and their security groups are named after it.')
param name string

param location string

param tags object

param addressPrefix string

param nodesPrefix string

param sitePrefix string

param endpointsPrefix string

@description('Who may reach an ingress on the nodes by HTTPS from outside the network; empty for nobody.')
param ingressSources array

@description('Log Analytics workspace for the diagnostic settings.')
param workspaceId string

var denyInternet = {
  name: 'DenyInternetInBound'
  properties: {
    description: 'Said aloud, although the default rules deny it, too: a rule that somebody adds later stands before it.'
    priority: 4000
    direction: 'Inbound'
    access: 'Deny'
    protocol: '*'
    sourceAddressPrefix: 'Internet'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRange: '*'
  }
}

var allowIngress = {
  name: 'AllowHttpsToIngress'
  properties: {
    description: 'The clients of the service.'
    priority: 200
    direction: 'Inbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefixes: ingressSources
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRange: '443'
  }
}

resource nodesGroup 'Microsoft.Network/networkSecurityGroups@2024-01-01' = {
  name: '${name}-nodes-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: empty(ingressSources) ? [denyInternet] : [allowIngress, denyInternet]
  }
}

resource siteGroup 'Microsoft.Network/networkSecurityGroups@2024-01-01' = {
  name: '${name}-site-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: [denyInternet]
  }
}

resource endpointsGroup 'Microsoft.Network/networkSecurityGroups@2024-01-01' = {
  name: '${name}-endpoints-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'AllowHttpsFromNetwork'
        properties: {
          description: 'Registry, vault, archive and site are spoken to by HTTPS alone.'
          priority: 200
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: endpointsPrefix
          destinationPortRange: '443'
        }
      }
      {
        name: 'DenyOtherInBound'
        properties: {
          description: 'Everything else, also from the network itself.'
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    // Subnets stand here and not as resources of their own: a second deployment would take those away first.
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: nodesPrefix
          networkSecurityGroup: {
            id: nodesGroup.id
          }
        }
      }
      {
        name: 'site'
        properties: {
          addressPrefix: sitePrefix
          networkSecurityGroup: {
            id: siteGroup.id
          }
          delegations: [
            {
              name: 'app-service'
              properties: {
                serviceName: 'Microsoft.Web/serverFarms'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: endpointsPrefix
          // Without this the security group would not count for private endpoints.
          privateEndpointNetworkPolicies: 'Enabled'
          networkSecurityGroup: {
            id: endpointsGroup.id
          }
        }
      }
    ]
  }
}

resource networkDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: network
  properties: {
    workspaceId: workspaceId
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

resource nodesDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: nodesGroup
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

resource siteDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: siteGroup
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

resource endpointsDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: endpointsGroup
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

output id string = network.id
output nodesSubnetId string = '${network.id}/subnets/nodes'
output siteSubnetId string = '${network.id}/subnets/site'
output endpointsSubnetId string = '${network.id}/subnets/endpoints'
