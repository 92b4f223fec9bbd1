"""Command lines of Docker and of Docker Compose, and what the compose files name."""

from functools import cache
from pathlib import Path

import yaml

# Options that take a value, so that the value is not taken for a service.
GLOBAL = {"-f", "--file", "-p", "--project-name", "--env-file", "--profile", "--project-directory", "--progress", "--ansi"}
OWN = {
    "exec": {"-u", "--user", "-e", "--env", "-w", "--workdir", "--index"},
    "run": {"-u", "--user", "-e", "--env", "-w", "--workdir", "--entrypoint", "-v", "--volume", "-p", "--publish", "--name", "-l", "--label"},
    "logs": {"--tail", "-n", "--since", "--until"},
    "up": {"--scale", "-t", "--timeout", "--wait-timeout", "--pull"},
    "config": {"--format", "-o", "--output"},
    "ps": {"--format", "--filter", "--status"},
    "stop": {"-t", "--timeout"},
    "restart": {"-t", "--timeout"},
    "down": {"-t", "--timeout", "--rmi"},
    "kill": {"-s", "--signal"},
    "port": {"--protocol", "--index"},
}
COMMANDS = {
    "up", "down", "logs", "restart", "stop", "start", "exec", "run", "ps", "pull", "build", "kill", "rm", "top", "port", "config",
    "create", "images", "pause", "unpause", "events", "version", "cp",
}
NO_SERVICES = {"down", "version", "cp"}
RUN = {
    "-e", "--env", "--env-file", "-v", "--volume", "-p", "--publish", "--name", "--network", "--user", "-u", "--mount", "--tmpfs", "-w",
    "--workdir", "--memory", "-m", "--cpus", "--pids-limit", "--cap-drop", "--cap-add", "--security-opt", "--entrypoint", "--label", "-l",
    "--platform", "--ulimit", "--health-cmd", "--restart", "--log-driver", "--log-opt", "-h", "--hostname", "--add-host",
}
# Commands of docker that name a container, and their options that take a value.
NAMING = {
    "exec": {"-e", "--env", "--env-file", "-u", "--user", "-w", "--workdir", "--detach-keys"},
    "logs": {"--tail", "-n", "--since", "--until"},
    "inspect": {"--format", "-f", "--type"},
    "stop": {"-t", "--time"},
    "restart": {"-t", "--time"},
    "kill": {"-s", "--signal"},
    "stats": {"--format"},
    "start": set(),
    "port": set(),
    "top": set(),
}


class Loader(yaml.SafeLoader):
    """Reads what `docker compose` reads: tags of its own are passed over."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


class Files:
    def __init__(self, root):
        self.root = Path(root)

    @cache
    def load(self, name):
        return yaml.load((self.root / name).read_text(), Loader) or {}

    def every(self):
        return sorted(path.name for path in self.root.glob("docker-compose*.yml"))

    def services(self, names):
        found = {}
        for name in names:
            for service, body in (self.load(name).get("services") or {}).items():
                found[service] = {**found.get(service, {}), **(body or {})}
        return found

    def profiles(self, names):
        return {profile for service in self.services(names).values() for profile in service.get("profiles", [])}

    def containers(self):
        """Names of containers of all files, with their services."""
        found = {}
        for name in self.every():
            for service, body in (self.load(name).get("services") or {}).items():
                container = (body or {}).get("container_name")
                if container:
                    found[container] = service
        return found

    def secrets(self):
        return {name for file in self.every() for name in self.load(file).get("secrets") or {}}


def compose_words(words):
    """The words behind `docker compose` or `docker-compose`, or None."""
    if words[:2] == ["docker", "compose"]:
        return words[2:]
    if words[0] == "docker-compose":
        return words[1:]
    return None


def split(words, valued):
    """Options, with their values, before the first word that is none; and the rest."""
    options, at = [], 0
    while at < len(words) and words[at].startswith("-") and words[at] != "--":
        name, has_value, value = words[at].partition("=")
        at += 1
        if name in valued and not has_value:
            value, at = (words[at] if at < len(words) else ""), at + 1
        options.append((name, value))
    return options, words[at:]
