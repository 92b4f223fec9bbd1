// A place to try things: App Service alone, no zones, reached from the addresses of its operators. Made-up records only.
using '../main.bicep'

param target = 'appService'
param environmentName = 'dev'
param clinicalEnvironment = 'staging'

// These names are unique in all of Azure: put something of the site's own into them.
param registryName = 'crclinicalnotesdev'
param vaultName = 'kv-clinical-notes-dev'
param archiveName = 'stclinicalauditdev'
param clusterName = 'aks-clinical-notes-dev'
param siteName = 'app-clinical-notes-dev'

// deploy.sh sets it.
param containerImage = readEnvironmentVariable('CONTAINER_IMAGE')

// To be filled in; deploy.sh refuses to work while they are empty.
param adminGroupId = ''
param tokenAudience = ''

// From these addresses registry, vault and site are reached. 203.0.113.0/24 is nobody's (RFC 5737).
param operatorAddresses = [
  '203.0.113.10/32'
]
param clientAddresses = [
  '203.0.113.10/32'
]

param zones = []
param zoneRedundant = false
param instances = 2
param planSize = 'P0v3'
param logRetentionDays = 30
param archiveReplication = 'Standard_ZRS'
// A file of a trial is not kept for six years.
param auditRetentionDays = 1
