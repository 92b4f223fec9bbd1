// Everything that the service needs in Azure, in one resource group: network, registry, vault, logs, archive, and where
// it runs. Parameters are in parameters/; deploy.sh gives the image.
targetScope = 'resourceGroup'

@description('Where the service runs: aks, appService or both.')
@allowed([
  'aks'
  'appService'
  'both'
])
param target string

@description('Short name of the place, in the names of resources: dev, prod.')
@minLength(2)
@maxLength(8)
param environmentName string

@description('production, or staging: how strict the service is when it starts.')
@allowed([
  'staging'
  'production'
])
param clinicalEnvironment string

param location string = resourceGroup().location

@description('Registry of images: letters and digits only, unique in all of Azure.')
@minLength(5)
@maxLength(50)
param registryName string

@description('Vault: 3 to 24 letters, digits and hyphens, unique in all of Azure.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('Storage account of the audit archive: 3 to 24 small letters and digits, unique in all of Azure.')
@minLength(3)
@maxLength(24)
param archiveName string

param clusterName string

@description('Site of App Service, unique in all of Azure.')
@minLength(2)
@maxLength(60)
param siteName string

@description('The image with its registry, by tag or by digest; deploy.sh gives it.')
param containerImage string

@description('Group of Entra ID that administers the cluster and writes secrets.')
param adminGroupId string

@description('Group of Entra ID that reads the archive; empty for nobody yet.')
param auditorsGroupId string = ''

@description('Principal that puts audit files into the archive; empty for nobody yet.')
param archivistPrincipalId string = ''

@description('Tenant that gives tokens, and the audience that they name.')
param tokenTenantId string = subscription().tenantId

param tokenAudience string

@description('Name by which clients call the service besides that of Azure; empty for none.')
param hostName string = ''

@description('Addresses outside the network from which operators work; empty closes every public side.')
param operatorAddresses array = []

@description('Addresses outside the network that may use the site of App Service.')
param clientAddresses array = []

@description('Who may reach an ingress on the nodes by HTTPS from outside the network; empty for nobody.')
param ingressSources array = []

@description('Settings whose values are in the vault already; see modules/app-service.bicep.')
param vaultSettings array = []

@description('Collector of OpenTelemetry; empty for none.')
param otlpEndpoint string = ''

@description('Action group that alerts of the cluster go to; empty for none.')
param actionGroupId string = ''

@description('Version of Kubernetes; empty for the default of the region.')
param kubernetesVersion string = ''

@description('Namespace and service account of the pods, as deploy/kubernetes names them.')
param serviceNamespace string = 'clinical-notes'

param serviceAccount string = 'clinical-api'

@description('The same of the gateway.')
param gatewayNamespace string = 'clinical-notes-edge'

param gatewayAccount string = 'clinical-notes-certificate'

param zones array = [
  '1'
  '2'
  '3'
]

param zoneRedundant bool = true

param systemNodeSize string = 'Standard_D2ds_v5'

param userNodeSize string = 'Standard_D4ds_v5'

param userNodesMin int = 3

param userNodesMax int = 6

param planSize string = 'P1v3'

@minValue(2)
param instances int = 3

@description('How long lines can be asked for in Log Analytics.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 365

@description('How long a file of the audit archive cannot be changed: six years.')
@minValue(1)
@maxValue(146000)
param auditRetentionDays int = 2192

@description('Replication of the audit archive.')
param archiveReplication string = 'Standard_GZRS'

@description('Holds images back until a scanner says they are good; only with a scanner that does.')
param quarantine bool = false

param untaggedDays int = 30

param addressPrefix string = '10.60.0.0/16'

param nodesPrefix string = '10.60.0.0/20'

param sitePrefix string = '10.60.16.0/26'

param endpointsPrefix string = '10.60.17.0/26'

var onCluster = target != 'appService'
var onSite = target != 'aks'
var base = 'clinical-notes-${environmentName}'
var tags = {
  service: 'clinical-notes-summarizer'
  environment: environmentName
  data: 'phi-in-transit'
}
var workloadIdentityName = 'id-${base}-workload'
var clusterIdentityName = 'id-${base}-cluster'
var kubeletIdentityName = 'id-${base}-kubelet'
var gatewayIdentityName = 'id-${base}-gateway'
var networkName = 'vnet-${base}'
var diskEncryptionName = 'des-${base}'

module identities 'modules/identities.bicep' = {
  name: 'identities'
  params: {
    workloadName: workloadIdentityName
    clusterName: clusterIdentityName
    kubeletName: kubeletIdentityName
    gatewayName: gatewayIdentityName
    location: location
    tags: tags
    withCluster: onCluster
  }
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: {
    workspaceName: 'log-${base}'
    insightsName: 'appi-${base}'
    location: location
    tags: tags
    retentionInDays: logRetentionDays
    senderPrincipalId: identities.outputs.workloadPrincipalId
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    name: networkName
    location: location
    tags: tags
    addressPrefix: addressPrefix
    nodesPrefix: nodesPrefix
    sitePrefix: sitePrefix
    endpointsPrefix: endpointsPrefix
    ingressSources: ingressSources
    workspaceId: logs.outputs.workspaceId
  }
}

module registryZone 'modules/private-dns-zone.bicep' = {
  name: 'zone-registry'
  params: {
    name: 'privatelink${environment().suffixes.acrLoginServer}'
    tags: tags
    networkId: network.outputs.id
  }
}

module vaultZone 'modules/private-dns-zone.bicep' = {
  name: 'zone-vault'
  params: {
    name: 'privatelink.vaultcore.azure.net'
    tags: tags
    networkId: network.outputs.id
  }
}

module blobZone 'modules/private-dns-zone.bicep' = {
  name: 'zone-blob'
  params: {
    name: 'privatelink.blob.${environment().suffixes.storage}'
    tags: tags
    networkId: network.outputs.id
  }
}

module siteZone 'modules/private-dns-zone.bicep' = if (onSite) {
  name: 'zone-site'
  params: {
    name: 'privatelink.azurewebsites.net'
    tags: tags
    networkId: network.outputs.id
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    name: registryName
    location: location
    tags: tags
    endpointsSubnetId: network.outputs.endpointsSubnetId
    zoneId: registryZone.outputs.id
    workspaceId: logs.outputs.workspaceId
    operatorAddresses: operatorAddresses
    untaggedDays: untaggedDays
    quarantine: quarantine
    zoneRedundant: zoneRedundant
    pullPrincipalIds: onCluster ? [identities.outputs.workloadPrincipalId, identities.outputs.kubeletPrincipalId] : [identities.outputs.workloadPrincipalId]
  }
}

module vault 'modules/key-vault.bicep' = {
  name: 'vault'
  params: {
    name: vaultName
    location: location
    tags: tags
    endpointsSubnetId: network.outputs.endpointsSubnetId
    zoneId: vaultZone.outputs.id
    workspaceId: logs.outputs.workspaceId
    operatorAddresses: operatorAddresses
    readerPrincipalIds: [identities.outputs.workloadPrincipalId]
    certificateReaderPrincipalIds: onCluster ? [identities.outputs.gatewayPrincipalId] : []
    officersGroupId: adminGroupId
  }
}

module archive 'modules/audit-archive.bicep' = {
  name: 'archive'
  params: {
    name: archiveName
    location: location
    tags: tags
    endpointsSubnetId: network.outputs.endpointsSubnetId
    zoneId: blobZone.outputs.id
    workspaceId: logs.outputs.workspaceId
    retentionDays: auditRetentionDays
    replication: archiveReplication
    archivistPrincipalId: archivistPrincipalId
    auditorsGroupId: auditorsGroupId
  }
}

module disks 'modules/disk-encryption.bicep' = if (onCluster) {
  name: 'disks'
  params: {
    name: diskEncryptionName
    location: location
    tags: tags
    vaultName: vault.outputs.name
  }
}

module cluster 'modules/aks.bicep' = if (onCluster) {
  name: 'cluster'
  params: {
    name: clusterName
    location: location
    tags: tags
    kubernetesVersion: kubernetesVersion
    adminGroupId: adminGroupId
    operatorAddresses: operatorAddresses
    networkName: networkName
    nodesSubnetId: network.outputs.nodesSubnetId
    clusterIdentityName: clusterIdentityName
    kubeletIdentityName: kubeletIdentityName
    workloadIdentityName: workloadIdentityName
    serviceNamespace: serviceNamespace
    serviceAccount: serviceAccount
    gatewayIdentityName: gatewayIdentityName
    gatewayNamespace: gatewayNamespace
    gatewayAccount: gatewayAccount
    diskEncryptionName: diskEncryptionName
    workspaceId: logs.outputs.workspaceId
    zones: zones
    systemNodeSize: systemNodeSize
    userNodeSize: userNodeSize
    userNodesMin: userNodesMin
    userNodesMax: userNodesMax
  }
  dependsOn: [
    identities
    disks
  ]
}

module alerts 'modules/alerts.bicep' = if (onCluster) {
  name: 'alerts'
  params: {
    name: base
    location: location
    tags: tags
    metricsId: onCluster ? cluster.outputs.metricsId : ''
    clusterName: clusterName
    actionGroupId: actionGroupId
  }
}

module site 'modules/app-service.bicep' = if (onSite) {
  name: 'site'
  params: {
    siteName: siteName
    planName: 'asp-${base}'
    location: location
    tags: tags
    planSize: planSize
    instances: instances
    zoneRedundant: zoneRedundant
    containerImage: containerImage
    identityId: identities.outputs.workloadId
    identityClientId: identities.outputs.workloadClientId
    siteSubnetId: network.outputs.siteSubnetId
    endpointsSubnetId: network.outputs.endpointsSubnetId
    zoneId: onSite ? siteZone.outputs.id : ''
    workspaceId: logs.outputs.workspaceId
    clientAddresses: clientAddresses
    hostName: hostName
    clinicalEnvironment: clinicalEnvironment
    tokenTenantId: tokenTenantId
    tokenAudience: tokenAudience
    vaultUri: vault.outputs.uri
    vaultSettings: vaultSettings
    otlpEndpoint: otlpEndpoint
  }
  dependsOn: [
    registry
  ]
}

output registryLoginServer string = registry.outputs.loginServer
output vaultName string = vault.outputs.name
output workloadClientId string = identities.outputs.workloadClientId
output gatewayClientId string = identities.outputs.gatewayClientId
output tenantId string = subscription().tenantId
output workspaceCustomerId string = logs.outputs.workspaceCustomerId
output archiveName string = archive.outputs.name
output archiveContainer string = archive.outputs.containerName
output oidcIssuerUrl string = onCluster ? cluster.outputs.oidcIssuerUrl : ''
output siteHostName string = onSite ? site.outputs.hostName : ''
