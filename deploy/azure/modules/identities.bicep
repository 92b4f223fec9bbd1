// The managed identities: nobody has a password. The workload reads secrets, the gateway its certificate, the kubelet
// pulls images, and the cluster works on its own nodes; each can do what it is for and nothing of the others.

param workloadName string

param clusterName string

param kubeletName string

param gatewayName string

param location string

param tags object

@description('All but the first are needed by AKS alone.')
param withCluster bool

resource workload 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: workloadName
  location: location
  tags: tags
}

resource cluster 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (withCluster) {
  name: clusterName
  location: location
  tags: tags
}

resource kubelet 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (withCluster) {
  name: kubeletName
  location: location
  tags: tags
}

resource gateway 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (withCluster) {
  name: gatewayName
  location: location
  tags: tags
}

output workloadId string = workload.id
output workloadPrincipalId string = workload.properties.principalId
output workloadClientId string = workload.properties.clientId
output kubeletPrincipalId string = withCluster ? kubelet.properties.principalId : ''
output gatewayPrincipalId string = withCluster ? gateway.properties.principalId : ''
output gatewayClientId string = withCluster ? gateway.properties.clientId : ''
