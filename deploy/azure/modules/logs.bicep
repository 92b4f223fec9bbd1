// Where logs and traces are kept and asked: a Log Analytics workspace, and an Application Insights that stores in it.

param workspaceName string

param insightsName string

param location string

param tags object

@description('How long lines can be asked for. What must be kept for years is in the audit archive.')
@minValue(30)
@maxValue(730)
param retentionInDays int

@description('Principal that may send traces and metrics: the identity of the workload, for a collector beside it.')
param senderPrincipalId string

// Monitoring Metrics Publisher
var publisherRole = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2022-10-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    features: {
      // Keys of a workspace cannot be told apart; identities can.
      disableLocalAuth: true
      // Who may read a resource may read its lines, and nobody else's.
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    // Private ingestion needs an Azure Monitor Private Link Scope, which belongs to the site's network as a whole.
    publicNetworkAccessForIngestion: 'Enabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}

resource workspaceDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: workspace
  properties: {
    workspaceId: workspace.id
    // Who asked the workspace what.
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, senderPrincipalId, publisherRole)
  scope: insights
  properties: {
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisherRole)
  }
}

output workspaceId string = workspace.id
output workspaceCustomerId string = workspace.properties.customerId
output insightsId string = insights.id
