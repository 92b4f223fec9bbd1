#!/usr/bin/env bash
# Puts the service into Azure, step by step. Each command is printed before it runs; with --dry-run it is printed only.
#
#   deploy/azure/deploy.sh STEP... --parameters FILE --resource-group NAME [options]
#
#   infrastructure   what would change (what-if), then main.bicep with the parameters of FILE
#   secrets          values of --secret into the vault
#   build            the image, of this checkout
#   tag              the image with the name of the registry
#   login            docker to the registry, with the token of `az login`
#   push             the image; records its digest and locks its tag
#   deploy           that digest to the cluster or the site
#   verify           is it ready, and is it that digest
#   rollback         the release before, or the one of --digest; then verify
#   archive          audit files of --folder, checked first, into the archive
#   all              infrastructure build tag login push deploy verify
#
#   --parameters FILE      a .bicepparam file; the names of registry, vault, cluster and site are read from it
#   --resource-group NAME  must be there already
#   --version VERSION      tag of the image
#   --digest sha256:…      instead of what `push` recorded
#   --secret NAME=FILE     may be given several times; NAME is the name in the vault
#   --folder FOLDER        audit files that are closed
#   --public-key KEY       the key that checkpoints of these files must be signed with
#   --subscription ID      instead of the one that `az` is set to
#   --releases FOLDER      where releases are recorded (default deploy/azure/releases)
#   --confirm NAME         the resource group once more: production asks for it, on a terminal or by this
#   --dry-run              prints every command and runs none
#
# From the root of the repository. Ends with 64 when a parameter is missing or wrong, and with the status of the command that failed. Needs az, and for
# its steps docker, git, kubectl with kubelogin, curl, clinical-notes.
set -euo pipefail
readonly image=clinical-notes-summarizer namespace=clinical-notes deployment=clinical-api
readonly overlay_of_site=deploy/kubernetes/overlays/aks
readonly called=$0
readonly pending=sha256:DIGEST-OF-THE-PUSH

steps=() secrets=() given=()
parameters='' group='' version='' digest='' folder='' public_key='' subscription='' confirmed='' dry=''
releases=deploy/azure/releases

wrong() { printf '%s: %s\n' "${called##*/}" "$1" >&2; exit 64; }

while [ $# -gt 0 ]; do
  case "$1" in
    infrastructure | secrets | build | tag | login | push | deploy | verify | rollback | archive) steps+=("$1") ;;
    all) steps+=(infrastructure build tag login push deploy verify) ;;
    --dry-run) dry=yes ;;
    -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    --*)
      [ $# -ge 2 ] || wrong "$1 needs a value"
      case "$1" in
        --parameters) parameters=$2 ;;
        --resource-group) group=$2 ;;
        --version) version=$2 ;;
        --digest) digest=$2 ;;
        --secret) secrets+=("$2") ;;
        --folder) folder=$2 ;;
        --public-key) public_key=$2 ;;
        --subscription) subscription=$2 ;;
        --releases) releases=$2 ;;
        --confirm) confirmed=$2 ;;
        *) wrong "unknown option $1" ;;
      esac
      [ "$1" = --confirm ] || given+=("$1" "$2")
      shift
      ;;
    *) wrong "unknown step $1" ;;
  esac
  shift
done

# What must be there, by name, before the first command.
[ -f deploy/azure/main.bicep ] || wrong "to be run from the root of the repository"
will() { [[ " ${steps[*]} " == *" $1 "* ]]; }
need() { [ -n "$2" ] || wrong "$1 is missing${3:+: $3}"; }
[ "${#steps[@]}" -gt 0 ] || wrong "no step is given; --help lists them"
need --parameters "$parameters"
[ -f "$parameters" ] || wrong "--parameters: there is no file $parameters"
need --resource-group "$group"

# A plain text of the parameter file. The file is the one place where the names stand.
parameter() { sed -n "s/^param $1 = '\([^']*\)'.*/\1/p" "$parameters"; }
name() {
  local value
  value=$(parameter "$1")
  [ -n "$value" ] || wrong "$1 is missing in $parameters"
  printf '%s' "$value"
}
target=$(name target)
place=$(name environmentName)
strictness=$(name clinicalEnvironment)
registry=$(name registryName)
vault=$(name vaultName)
archive=$(name archiveName)
case "$target" in aks | appService | both) ;; *) wrong "target in $parameters is none of aks, appService, both" ;; esac
on_cluster='' on_site='' cluster='' site=''
if [ "$target" != appService ]; then on_cluster=yes; cluster=$(name clusterName); fi
if [ "$target" != aks ]; then on_site=yes; site=$(name siteName); fi
host=$(parameter hostName)
if will infrastructure; then
  for must in adminGroupId tokenAudience; do name "$must" >/dev/null; done
fi
for step in build tag push; do will "$step" && need --version "$version" "step $step"; done
will secrets && need --secret "${secrets[*]-}" "step secrets"
will archive && need --folder "$folder" "step archive"
if [ -n "$version" ] && ! [[ $version =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]]; then wrong "--version is not a tag"; fi
is_digest() { [[ $1 =~ ^sha256:[0-9a-f]{64}$ ]]; }
if [ -n "$digest" ] && ! is_digest "$digest"; then wrong "--digest is not sha256: and 64 hexadecimal digits"; fi
for secret in ${secrets[@]+"${secrets[@]}"}; do
  [[ $secret == ?*=?* ]] || wrong "--secret wants NAME=FILE"
  file=${secret#*=}
  [ -f "$file" ] || wrong "--secret ${secret%%=*}: there is no such file"
  [ -s "$file" ] || wrong "--secret ${secret%%=*}: the file is empty"
  case "$(stat -c %a "$file")" in *00) ;; *) wrong "--secret ${secret%%=*}: others can read the file; chmod 600 first" ;; esac
done
if will archive && ! compgen -G "$folder/*.ndjson" >/dev/null; then wrong "--folder: there is no file in $folder that ends in .ndjson"; fi

readonly server=$registry.azurecr.io
readonly record=$releases/$place.tsv
readonly work=target/azure/$place
readonly kube=(kubectl --kubeconfig "$work/kubeconfig" --namespace "$namespace")

# The releases: time, what was done, version, digest.
last_digest() { # WHAT [VERSION]
  [ -f "$record" ] || return 0
  awk -F '\t' -v what="$1" -v version="${2-}" '$2 == what && (version == "" || $3 == version) { found = $4 } END { print found }' "$record"
}
note() { # WHAT VERSION DIGEST
  printf '  record in %s: %s %s %s\n' "$record" "$1" "$2" "$3"
  [ -z "$dry" ] || return 0
  mkdir -p "$releases"
  printf '%s\t%s\t%s\t%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2" "$3" >>"$record"
}
version_of() { awk -F '\t' -v digest="$1" '$4 == digest { found = $3 } END { print found == "" ? "-" : found }' "$record" 2>/dev/null || printf -- '-'; }

# Commands: printed as they can be typed, then run.
show() {
  printf '+'
  printf ' %s' "${@@Q}" | sed -E "s/'([A-Za-z0-9_.,:=@%+/-]+)'/\1/g"
  printf '\n'
}
stopped() { # STATUS
  {
    printf 'stopped in the step %s (status %s); nothing after it was run.\n' "$now" "$1"
    printf 'when the cause is mended, go on with:\n '
    show "$called" "$now" "${steps[@]:at + 1}" "${given[@]}"
  } >&2
  exit "$1"
}
run() {
  show "$@"
  [ -n "$dry" ] || "$@" || stopped $?
}
# capture VARIABLE VALUE-OF-A-DRY-RUN COMMAND...
capture() {
  local -n into=$1
  into=$2
  shift 2
  show "$@"
  # shellcheck disable=SC2034 # it is another name of the caller's variable
  [ -n "$dry" ] || into=$("$@") || stopped $?
}
# expect VALUE COMMAND...: what the command says must be VALUE.
expect() {
  local want=$1 said
  shift
  capture said "$want" "$@"
  printf '  must say: %s\n' "${want:-nothing}"
  if [ "$said" != "$want" ]; then
    printf '  it says: %s\n' "${said:-nothing}" >&2
    stopped 1
  fi
}

agreed=''
confirm() {
  [ "$strictness" = production ] && [ -z "$agreed" ] || return 0
  if [ -n "$dry" ]; then
    printf '  production: asks for the name of the resource group\n'
  else
    if [ -z "$confirmed" ] && [ -t 0 ]; then
      read -r -p "This changes production. Name of the resource group: " confirmed
    fi
    [ "$confirmed" = "$group" ] || wrong "production is changed only with --confirm $group"
  fi
  agreed=yes
}

# The digest that is meant: of --digest, else what was pushed last, of --version if that is given.
wanted() {
  [ -z "$digest" ] || return 0
  digest=$(last_digest pushed "$version")
  if [ -z "$digest" ]; then
    [ -n "$dry" ] || wrong "--digest is missing, and $record has no push${version:+ of $version}"
    digest=$pending
  fi
}

step_infrastructure() {
  # The image that runs stays; before the first push it is named by its tag.
  local reference now_running
  now_running=${digest:-$(last_digest deployed)}
  if [ -n "$now_running" ]; then
    reference=$server/$image@$now_running
  else
    need --version "$version" "step infrastructure, before the first release"
    reference=$server/$image:$version
  fi
  local deploying=(--resource-group "$group" --parameters "$parameters")
  run env "CONTAINER_IMAGE=$reference" az deployment group what-if "${deploying[@]}"
  confirm
  run env "CONTAINER_IMAGE=$reference" az deployment group create --name "clinical-notes-$place" "${deploying[@]}" --output none
  # What the overlay for AKS wants to know: tenant, vault, identities.
  run az deployment group show --name "clinical-notes-$place" --resource-group "$group" --query properties.outputs --output yaml
}

step_secrets() {
  confirm
  local secret
  for secret in "${secrets[@]}"; do
    # By file, so that it stands in no list of processes; without output, because az would print it.
    run az keyvault secret set --vault-name "$vault" --name "${secret%%=*}" --file "${secret#*=}" --encoding utf-8 --output none
  done
}

step_build() {
  run docker build --build-arg "VERSION=$version" --build-arg "REVISION=$(git rev-parse HEAD)" \
    --build-arg "CREATED=$(git log -1 --format=%cI)" --tag "$image:$version" .
}

step_tag() { run docker tag "$image:$version" "$server/$image:$version"; }

step_login() { run az acr login --name "$registry"; }

step_push() {
  local names one
  run docker push "$server/$image:$version"
  capture names "$server/$image@$pending" docker image inspect --format '{{join .RepoDigests " "}}' "$server/$image:$version"
  digest=''
  for one in $names; do
    if [ "${one%@*}" = "$server/$image" ]; then digest=${one#*@}; fi
  done
  if [ -z "$dry" ] && ! is_digest "$digest"; then
    printf '  the push left no digest of %s\n' "$server/$image" >&2
    stopped 1
  fi
  note pushed "$version" "$digest"
  # So that the tag always means this image, and the image is there to go back to.
  run az acr repository update --name "$registry" --image "$image:$version" --write-enabled false --delete-enabled false --output none
}

credentials() {
  run az aks get-credentials --resource-group "$group" --name "$cluster" --file "$work/kubeconfig" --overwrite-existing
  run kubelogin convert-kubeconfig --login azurecli --kubeconfig "$work/kubeconfig"
}

# The overlay of the repository, with the image by its digest on top.
overlay() {
  printf '  write %s: %s with %s@%s\n' "$work/aks/kustomization.yaml" "$overlay_of_site" "$server/$image" "$digest"
  [ -z "$dry" ] || return 0
  local left named
  # What `infrastructure` printed at its end belongs there.
  left=$(grep -lE '00000000-0000-0000-0000-0000000000|kv-example|[.]example[.]org' "$overlay_of_site/site.env" "$overlay_of_site/settings.env" || true)
  if [ -n "$left" ]; then
    printf '  placeholders are still in %s\n' "${left//$'\n'/ and }" >&2
    stopped 64
  fi
  # The overlay has named the image already; what it calls it is renamed.
  named=$(sed -n 's/^ *newName: *//p' "$overlay_of_site/kustomization.yaml" | sed -n 1p)
  mkdir -p "$work/aks"
  cat >"$work/aks/kustomization.yaml" <<YAML
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../../../$overlay_of_site
images:
  - name: ${named:-$image}
    newName: $server/$image
    digest: $digest
YAML
}

site_image() { run az webapp config container set --resource-group "$group" --name "$site" --container-image-name "$server/$image@$1" --output none; }

step_deploy() {
  wanted
  confirm
  if [ -n "$on_cluster" ]; then
    credentials
    overlay
    run kubectl --kubeconfig "$work/kubeconfig" apply -k "$work/aks"
    run "${kube[@]}" rollout status "deployment/$deployment" --timeout=300s
  fi
  if [ -n "$on_site" ]; then site_image "$digest"; fi
  note deployed "${version:-$(version_of "$digest")}" "$digest"
}

step_verify() {
  local what
  [ -n "$digest" ] || digest=$(last_digest deployed)
  wanted
  if [ -n "$on_cluster" ]; then
    will deploy || will rollback || credentials
    expect "$server/$image@$digest" "${kube[@]}" get "deployment/$deployment" --output 'jsonpath={.spec.template.spec.containers[0].image}'
    run "${kube[@]}" rollout status "deployment/$deployment" --timeout=300s
    for what in startup live ready; do
      run "${kube[@]}" exec "deployment/$deployment" -- clinical-notes healthcheck --what "$what"
    done
    if [ -n "$host" ]; then
      for what in startup live ready; do healthy "$host" "$what"; done
    fi
  fi
  if [ -n "$on_site" ]; then
    expect "DOCKER|$server/$image@$digest" az webapp config show --resource-group "$group" --name "$site" --query linuxFxVersion --output tsv
    # A reference that does not resolve reaches the service as its own text.
    expect '' az rest --method get \
      --url "/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Web/sites/$site/config/configreferences/appsettings?api-version=2023-12-01" \
      --query "value[?properties.status!='Resolved'].name" --output tsv
    for what in startup live ready; do healthy "$site.azurewebsites.net" "$what"; done
  fi
}
healthy() { # HOST WHAT
  run curl --fail --silent --show-error --output /dev/null --max-time 10 --retry 12 --retry-delay 10 --retry-all-errors "https://$1/api/v1/health/$2"
}

# The release before the one that is deployed now.
before() {
  [ -f "$record" ] || return 0
  awk -F '\t' '$2 == "deployed" && $4 != now { earlier = now; now = $4 } END { print earlier }' "$record"
}

step_rollback() {
  local to=$digest running
  if [ -z "$to" ] && [ -n "$on_site" ]; then
    to=$(before)
    if [ -z "$to" ]; then
      [ -n "$dry" ] || wrong "--digest is missing, and $record has no release before"
      to=$pending
    fi
    # Begun twice, it still goes back once.
    given+=(--digest "$to")
  fi
  confirm
  if [ -n "$on_site" ]; then site_image "$to"; fi
  if [ -n "$on_cluster" ]; then
    credentials
    if [ -n "$digest" ]; then
      overlay
      run kubectl --kubeconfig "$work/kubeconfig" apply -k "$work/aks"
    else
      run "${kube[@]}" rollout undo "deployment/$deployment"
    fi
    # To undo once more would lead back to where it came from.
    now=verify
    if [ -z "$to" ]; then
      capture running "$server/$image@$pending" "${kube[@]}" get "deployment/$deployment" --output 'jsonpath={.spec.template.spec.containers[0].image}'
      to=${running#*@}
    fi
  fi
  now=verify
  digest=$to
  note deployed "$(version_of "$digest")" "$digest"
  step_verify
}

step_archive() {
  run clinical-notes audit verify ${public_key:+--public-key "$public_key"} "$folder"/*.ndjson
  run az storage blob upload-batch --auth-mode login --account-name "$archive" --destination audit --destination-path "$place" \
    --source "$folder" --pattern '*.ndjson' --overwrite false --output none
}

now=${steps[0]} at=0
if [ -n "$subscription" ]; then run az account set --subscription "$subscription"; fi
for at in "${!steps[@]}"; do
  now=${steps[at]}
  printf '== %s\n' "$now"
  "step_$now"
done
if [ -n "$dry" ]; then printf 'dry run: nothing was run\n'; else printf 'done\n'; fi
