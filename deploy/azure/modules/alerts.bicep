// The alerts and recorded rates of docker/monitoring, as rules of Azure Monitor's managed Prometheus. The files there are
// the one place where they stand, and promtool tests them.

param name string

param location string

param tags object

@description('Azure Monitor workspace that has the metrics.')
param metricsId string

@description('Cluster whose metrics are meant.')
param clusterName string

@description('Action group that is told; empty for nobody, the alert is then only seen in the portal.')
param actionGroupId string

var actionGroup = {
  actionGroupId: actionGroupId
}

var alerts = loadYamlContent('../../../docker/monitoring/alerts.yml')

var rates = loadYamlContent('../../../docker/monitoring/rules.yml')

resource recordRates 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = [for group in rates.groups: {
  name: '${name}-${group.name}'
  location: location
  tags: tags
  properties: {
    scopes: [metricsId]
    clusterName: clusterName
    enabled: true
    interval: 'PT1M'
    rules: [for rule in group.rules: {
      record: rule.record
      expression: rule.expr
      enabled: true
    }]
  }
}]

resource raiseAlerts 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = [for group in alerts.groups: {
  name: '${name}-${group.name}'
  location: location
  tags: tags
  properties: {
    scopes: [metricsId]
    clusterName: clusterName
    enabled: true
    interval: 'PT1M'
    rules: [for rule in group.rules: {
      alert: rule.alert
      expression: rule.expr
      // Prometheus writes 5m, Azure PT5M.
      for: contains(rule, 'for') ? 'PT${toUpper(rule.for)}' : null
      labels: rule.labels
      annotations: rule.annotations
      severity: rule.labels.severity == 'critical' ? 1 : 3
      enabled: true
      resolveConfiguration: {
        autoResolved: true
        timeToResolve: 'PT10M'
      }
      actions: empty(actionGroupId) ? [] : [actionGroup]
    }]
  }
}]
