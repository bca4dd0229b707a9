"""A moto server on loopback and boto3 against it: a JSON line in for each call, one out. Ends with its standard input."""

import ast
import json
import logging
import os
import sys

import boto3
import parliament
from botocore.exceptions import BotoCoreError, ClientError
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.server import ThreadedMotoServer


def permits(policy, action, resource):
    """Moto's evaluation of an IAM policy, the one that decides its own requests."""
    return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource) == PermissionResult.PERMITTED


def faults(policy):
    """What parliament, which has AWS's table of actions, finds in a policy."""
    found = parliament.analyze_policy_string(json.dumps(policy)).findings
    return [f"{finding.issue}: {finding.detail}" for finding in found]


def action_table(prefix):
    """Of each action of a service: the resource types it knows, and the actions it depends on."""
    with open(os.path.join(os.path.dirname(parliament.__file__), "iam_definition.json")) as file:
        service = next(one for one in json.load(file) if one["prefix"] == prefix)
    return {
        f"{prefix}:{one['privilege']}": [
            {"type": kind["resource_type"].rstrip("*"), "needs": kind["dependent_actions"]}
            for kind in one["resource_types"]
        ]
        for one in service["privileges"]
    }


def literal(text):
    """moto's CloudFormation keeps a role's policy as Python shows it."""
    return ast.literal_eval(text)


LOCAL = {"literal": literal, "permits": permits, "faults": faults, "action_table": action_table}


def main():
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    session = boto3.Session("not-a-key", "not-a-secret", region_name="eu-west-1")
    clients = {}
    for line in sys.stdin:
        call = json.loads(line)
        service, operation = call["service"], call["operation"]
        try:
            if service == "local":
                answer = LOCAL[operation](**call["parameters"])
            else:
                if service not in clients:
                    clients[service] = session.client(service, endpoint_url=f"http://127.0.0.1:{port}")
                answer = getattr(clients[service], operation)(**call["parameters"])
            print(json.dumps({"answer": answer}, default=str), flush=True)
        except (BotoCoreError, ClientError) as error:
            print(json.dumps({"error": f"{service}.{operation}: {error}"}), flush=True)
    server.stop()


main()
