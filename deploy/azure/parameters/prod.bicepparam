// Production: AKS over three zones, nothing with a public side. Operators work from inside the network.
using '../main.bicep'

param target = 'aks'
param environmentName = 'prod'
param clinicalEnvironment = 'production'

// These names are unique in all of Azure: put something of the site's own into them.
param registryName = 'crclinicalnotesprod'
param vaultName = 'kv-clinical-notes-prod'
param archiveName = 'stclinicalauditprod'
param clusterName = 'aks-clinical-notes-prod'
param siteName = 'app-clinical-notes-prod'

// deploy.sh sets it.
param containerImage = readEnvironmentVariable('CONTAINER_IMAGE')

// To be filled in; deploy.sh refuses to work while they are empty.
param adminGroupId = ''
param tokenAudience = ''

// Fill these in when there are such groups; until then nobody reads or writes the archive.
param auditorsGroupId = ''
param archivistPrincipalId = ''

param zones = [
  '1'
  '2'
  '3'
]
param zoneRedundant = true
param instances = 3
param logRetentionDays = 365
param archiveReplication = 'Standard_GZRS'
param auditRetentionDays = 2192
