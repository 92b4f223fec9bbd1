// App Service for Containers: the same image, pulled by a managed identity, with its settings out of the vault.
// App Service cannot make the root of a container read-only; who needs that takes AKS.

param siteName string

param planName string

param location string

param tags object

@description('Size of the plan: P0v3, P1v3 and larger have what is needed here.')
param planSize string

@description('Instances; with two or more and zone redundancy they stand in different zones (three zones need three).')
@minValue(2)
param instances int

param zoneRedundant bool

@description('The image with its registry, by tag before the first push and by digest ever after.')
param containerImage string

@description('Identity that pulls the image and reads the secrets.')
param identityId string

param identityClientId string

param siteSubnetId string

param endpointsSubnetId string

param zoneId string

param workspaceId string

@description('Addresses outside the network that may use the site; empty for none, which closes the public side.')
param clientAddresses array

@description('Name by which clients call the site besides that of Azure; empty for none.')
param hostName string

@description('production or staging: how strict the service is when it starts.')
param clinicalEnvironment string

@description('Tenant of Entra ID that gives tokens, and the audience that they must name: the application of this service.')
param tokenTenantId string

param tokenAudience string

param vaultUri string

@description('Settings that are in the vault already, such as [\'CLINICAL_AUDIT_SIGNING_KEY\']. One that is named and not there would reach the service as the text of its reference.')
param vaultSettings array

@description('Collector of OpenTelemetry; empty for none.')
param otlpEndpoint string

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'linux'
  sku: {
    name: planSize
    capacity: instances
  }
  properties: {
    // Linux
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: siteName
  location: location
  tags: tags
  kind: 'app,linux,container'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    // A certificate of the client is not asked for: callers are known by their tokens.
    clientCertEnabled: false
    publicNetworkAccess: empty(clientAddresses) ? 'Disabled' : 'Enabled'
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: siteSubnetId
    vnetRouteAllEnabled: true
    // The registry has no public side.
    vnetImagePullEnabled: true
    siteConfig: {
      linuxFxVersion: 'DOCKER|${containerImage}'
      acrUseManagedIdentityCreds: true
      acrUserManagedIdentityID: identityClientId
      alwaysOn: true
      numberOfWorkers: instances
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
      webSocketsEnabled: false
      healthCheckPath: '/api/v1/health/ready'
      httpLoggingEnabled: true
      detailedErrorLoggingEnabled: false
      requestTracingEnabled: false
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: [for (address, index) in clientAddresses: {
        name: 'client-${index}'
        action: 'Allow'
        priority: 100 + index
        ipAddress: address
      }]
      scmIpSecurityRestrictionsDefaultAction: 'Deny'
      scmIpSecurityRestrictionsUseMain: false
    }
  }
}

// Nobody signs in to the site itself with a password.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

// The health check of App Service calls the site by its own name, so that must be among the allowed ones.
var siteHost = site.properties.defaultHostName

var plainSettings = {
  WEBSITES_PORT: '8000'
  // There is a volume at /home otherwise, shared by all instances.
  WEBSITES_ENABLE_APP_SERVICE_STORAGE: 'false'
  // The service may take 18 seconds to end what it has in hand.
  WEBSITES_CONTAINER_STOP_TIME_LIMIT: '20'
  CLINICAL_ENVIRONMENT: clinicalEnvironment
  CLINICAL_HOST: '0.0.0.0'
  CLINICAL_PORT: '8000'
  CLINICAL_ALLOWED_HOSTS: empty(hostName) ? siteHost : '${siteHost},${hostName}'
  // The front ends of App Service talk to the container from link-local addresses.
  CLINICAL_TRUSTED_PROXIES: '169.254.0.0/16'
  CLINICAL_ENABLE_PHI_PROTECTION: 'true'
  CLINICAL_ENABLE_AUDIT_LOG: 'true'
  // The disk of an instance goes with the instance.
  CLINICAL_AUDIT_SINKS: 'stdout'
  CLINICAL_LOG_LEVEL: 'INFO'
  OAUTH2_JWKS_URL: '${environment().authentication.loginEndpoint}${tokenTenantId}/discovery/v2.0/keys'
  OAUTH2_ISSUER: '${environment().authentication.loginEndpoint}${tokenTenantId}/v2.0'
  OAUTH2_AUDIENCE: tokenAudience
}

var otlpSettings = empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }

// Never OAUTH2_JWT_SECRET: a reference that does not resolve is passed on as its own text, which could be guessed.
var deidentifySecret = contains(vaultSettings, 'CLINICAL_DEIDENTIFY_SECRET') ? { CLINICAL_DEIDENTIFY_SECRET: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/clinical-deidentify-secret/)' } : {}

var signingKey = contains(vaultSettings, 'CLINICAL_AUDIT_SIGNING_KEY') ? { CLINICAL_AUDIT_SIGNING_KEY: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/clinical-audit-signing-key/)' } : {}

var redisUrl = contains(vaultSettings, 'REDIS_URL') ? { REDIS_URL: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/redis-url/)' } : {}

var otlpHeaders = contains(vaultSettings, 'OTEL_EXPORTER_OTLP_HEADERS') ? { OTEL_EXPORTER_OTLP_HEADERS: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/otel-exporter-otlp-headers/)' } : {}

resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'appsettings'
  properties: union(plainSettings, otlpSettings, deidentifySecret, signingKey, redisUrl, otlpHeaders)
}

module endpoint 'private-endpoint.bicep' = {
  name: '${siteName}-endpoint'
  params: {
    name: '${siteName}-pe'
    location: location
    tags: tags
    subnetId: endpointsSubnetId
    targetId: site.id
    groupId: 'sites'
    zoneId: zoneId
  }
}

resource planDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: plan
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

resource siteDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: site
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        // Standard output and error: the audit log and the log of the service.
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
      {
        category: 'AppServiceAuditLogs'
        enabled: true
      }
      {
        category: 'AppServiceIPSecAuditLogs'
        enabled: true
      }
      {
        category: 'AppServiceHTTPLogs'
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

output id string = site.id
output hostName string = siteHost
