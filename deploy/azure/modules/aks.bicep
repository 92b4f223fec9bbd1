// The cluster: who uses it is known to Entra ID, its nodes and disks are encrypted, pods get an identity and not a
// password, secrets come out of the vault, and what it says goes to Log Analytics.

param name string

param location string

param tags object

@description('Version of Kubernetes such as 1.30; empty for the default of the region.')
param kubernetesVersion string

@description('Group of Entra ID whose members administer the cluster.')
param adminGroupId string

@description('Addresses outside the network that may reach the API server; empty makes the cluster private.')
param operatorAddresses array

@description('The subnet of the nodes: the network it is in, and its id.')
param networkName string

param nodesSubnetId string

param clusterIdentityName string

param kubeletIdentityName string

@description('Identity of the workload, and the service account that may use it.')
param workloadIdentityName string

param serviceNamespace string

param serviceAccount string

@description('The same for the gateway that has the certificate.')
param gatewayIdentityName string

param gatewayNamespace string

param gatewayAccount string

param diskEncryptionName string

param workspaceId string

@description('Zones over which the nodes are spread; empty where the region has none.')
param zones array

param systemNodeSize string

param userNodeSize string

@description('Fewest and most nodes for the service.')
param userNodesMin int

param userNodesMax int

// Network Contributor
var networkRole = '4d97b98b-1d4f-4787-a291-c67834d212e7'
// Managed Identity Operator
var identityOperatorRole = 'f1a07417-d97a-45cb-824c-7a7467783830'
// Reader
var readerRole = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
// Monitoring Metrics Publisher
var publisherRole = '3913510d-42f4-4e42-8a64-420c390055eb'

resource clusterIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: clusterIdentityName
}

resource kubeletIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: kubeletIdentityName
}

resource workloadIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: workloadIdentityName
}

resource gatewayIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: gatewayIdentityName
}

resource encryption 'Microsoft.Compute/diskEncryptionSets@2023-10-02' existing = {
  name: diskEncryptionName
}

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' existing = {
  name: networkName
}

resource nodesSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-01-01' existing = {
  parent: network
  name: 'nodes'
}

resource clusterInNetwork 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(nodesSubnet.id, clusterIdentity.id, networkRole)
  scope: nodesSubnet
  properties: {
    principalId: clusterIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', networkRole)
  }
}

// The cluster puts the identity of the kubelet on its nodes.
resource clusterOverKubelet 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(kubeletIdentity.id, clusterIdentity.id, identityOperatorRole)
  scope: kubeletIdentity
  properties: {
    principalId: clusterIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', identityOperatorRole)
  }
}

// For disks that are made for volumes.
resource clusterReadsEncryption 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(encryption.id, clusterIdentity.id, readerRole)
  scope: encryption
  properties: {
    principalId: clusterIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRole)
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2024-02-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Base'
    tier: 'Standard'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${clusterIdentity.id}': {}
    }
  }
  properties: {
    kubernetesVersion: empty(kubernetesVersion) ? null : kubernetesVersion
    dnsPrefix: name
    nodeResourceGroup: '${name}-nodes'
    enableRBAC: true
    disableLocalAccounts: true
    aadProfile: {
      managed: true
      enableAzureRBAC: true
      adminGroupObjectIDs: [adminGroupId]
      tenantID: subscription().tenantId
    }
    apiServerAccessProfile: {
      enablePrivateCluster: empty(operatorAddresses)
      enablePrivateClusterPublicFQDN: false
      privateDNSZone: empty(operatorAddresses) ? 'system' : null
      authorizedIPRanges: empty(operatorAddresses) ? null : operatorAddresses
    }
    identityProfile: {
      kubeletidentity: {
        resourceId: kubeletIdentity.id
        clientId: kubeletIdentity.properties.clientId
        objectId: kubeletIdentity.properties.principalId
      }
    }
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      workloadIdentity: {
        enabled: true
      }
      imageCleaner: {
        enabled: true
        intervalHours: 48
      }
    }
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.245.0.0/16'
      dnsServiceIP: '10.245.0.10'
      loadBalancerSku: 'standard'
      outboundType: 'loadBalancer'
    }
    diskEncryptionSetID: encryption.id
    azureMonitorProfile: {
      metrics: {
        enabled: true
      }
    }
    autoUpgradeProfile: {
      upgradeChannel: 'patch'
      nodeOSUpgradeChannel: 'NodeImage'
    }
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: {
          enableSecretRotation: 'true'
          rotationPollInterval: '2m'
        }
      }
      omsagent: {
        enabled: true
        config: {
          logAnalyticsWorkspaceResourceID: workspaceId
          // By identity: the workspace takes no keys.
          useAADAuth: 'true'
        }
      }
      azurepolicy: {
        enabled: true
      }
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        type: 'VirtualMachineScaleSets'
        vmSize: systemNodeSize
        osType: 'Linux'
        osSKU: 'AzureLinux'
        // Managed disks: the key of the site's own is for these, and does not reach ephemeral ones.
        osDiskType: 'Managed'
        osDiskSizeGB: 64
        enableEncryptionAtHost: true
        enableNodePublicIP: false
        enableAutoScaling: true
        count: 2
        minCount: 2
        maxCount: 4
        maxPods: 60
        availabilityZones: zones
        vnetSubnetID: nodesSubnetId
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  dependsOn: [
    clusterInNetwork
    clusterOverKubelet
    clusterReadsEncryption
  ]
}

// A pool of its own for the service, so that it can be changed without the cluster.
resource userPool 'Microsoft.ContainerService/managedClusters/agentPools@2024-02-01' = {
  parent: cluster
  name: 'clinical'
  properties: {
    mode: 'User'
    type: 'VirtualMachineScaleSets'
    vmSize: userNodeSize
    osType: 'Linux'
    osSKU: 'AzureLinux'
    osDiskType: 'Managed'
    osDiskSizeGB: 64
    enableEncryptionAtHost: true
    enableNodePublicIP: false
    enableAutoScaling: true
    count: userNodesMin
    minCount: userNodesMin
    maxCount: userNodesMax
    maxPods: 60
    availabilityZones: zones
    vnetSubnetID: nodesSubnetId
    upgradeSettings: {
      maxSurge: '33%'
    }
  }
}

// Upgrades come in the night before Sunday, versions and images of nodes alike.
resource versionWindow 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2024-02-01' = {
  parent: cluster
  name: 'aksManagedAutoUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: {
        weekly: {
          intervalWeeks: 1
          dayOfWeek: 'Sunday'
        }
      }
      durationHours: 4
      startTime: '01:00'
      utcOffset: '+00:00'
    }
  }
}

resource imageWindow 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2024-02-01' = {
  parent: cluster
  name: 'aksManagedNodeOSUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: {
        weekly: {
          intervalWeeks: 1
          dayOfWeek: 'Sunday'
        }
      }
      durationHours: 4
      startTime: '01:00'
      utcOffset: '+00:00'
    }
  }
}

// The pods of the service are this identity, and no other pod is: a token of the cluster for exactly this account.
resource federation 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: workloadIdentity
  name: name
  properties: {
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:${serviceNamespace}:${serviceAccount}'
    audiences: ['api://AzureADTokenExchange']
  }
}

resource gatewayFederation 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: gatewayIdentity
  name: name
  properties: {
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:${gatewayNamespace}:${gatewayAccount}'
    audiences: ['api://AzureADTokenExchange']
  }
}

// Log lines of containers.
resource collection 'Microsoft.Insights/dataCollectionRules@2022-06-01' = {
  name: '${name}-containers'
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    dataSources: {
      extensions: [
        {
          name: 'ContainerInsightsExtension'
          extensionName: 'ContainerInsights'
          streams: ['Microsoft-ContainerInsights-Group-Default']
          extensionSettings: {
            dataCollectionSettings: {
              interval: '1m'
              namespaceFilteringMode: 'Off'
              enableContainerLogV2: true
            }
          }
        }
      ]
    }
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspaceId
        }
      ]
    }
    dataFlows: [
      {
        streams: ['Microsoft-ContainerInsights-Group-Default']
        destinations: ['workspace']
      }
    ]
  }
}

resource collected 'Microsoft.Insights/dataCollectionRuleAssociations@2022-06-01' = {
  name: 'ContainerInsightsExtension'
  scope: cluster
  properties: {
    dataCollectionRuleId: collection.id
  }
}

// Metrics of the service's /metrics, by the ServiceMonitor of deploy/kubernetes.
resource metrics 'Microsoft.Monitor/accounts@2023-04-03' = {
  name: '${name}-metrics'
  location: location
  tags: tags
}

resource metricsEndpoint 'Microsoft.Insights/dataCollectionEndpoints@2022-06-01' = {
  name: '${name}-metrics'
  location: location
  tags: tags
  kind: 'Linux'
  properties: {}
}

resource metricsCollection 'Microsoft.Insights/dataCollectionRules@2022-06-01' = {
  name: '${name}-metrics'
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: metricsEndpoint.id
    dataSources: {
      prometheusForwarder: [
        {
          name: 'PrometheusDataSource'
          streams: ['Microsoft-PrometheusMetrics']
        }
      ]
    }
    destinations: {
      monitoringAccounts: [
        {
          name: 'metrics'
          accountResourceId: metrics.id
        }
      ]
    }
    dataFlows: [
      {
        streams: ['Microsoft-PrometheusMetrics']
        destinations: ['metrics']
      }
    ]
  }
}

resource metricsCollected 'Microsoft.Insights/dataCollectionRuleAssociations@2022-06-01' = {
  name: 'prometheus'
  scope: cluster
  properties: {
    dataCollectionRuleId: metricsCollection.id
  }
}

resource agentSendsMetrics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(cluster.id, 'omsagent', publisherRole)
  scope: cluster
  properties: {
    principalId: cluster.properties.addonProfiles.omsagent.identity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisherRole)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: cluster
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        // Who changed what; kube-audit would add every read, which is most of all lines.
        category: 'kube-audit-admin'
        enabled: true
      }
      {
        category: 'kube-apiserver'
        enabled: true
      }
      {
        category: 'kube-controller-manager'
        enabled: true
      }
      {
        category: 'kube-scheduler'
        enabled: true
      }
      {
        category: 'cluster-autoscaler'
        enabled: true
      }
      {
        category: 'guard'
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

output id string = cluster.id
output name string = cluster.name
output metricsId string = metrics.id
output oidcIssuerUrl string = cluster.properties.oidcIssuerProfile.issuerURL
