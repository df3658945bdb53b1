"""python-jenkins against the simulated Jenkins: address, user and token are the arguments."""

import sys

import jenkins

url, user, token = sys.argv[1:4]
server = jenkins.Jenkins(url, username=user, password=token, timeout=60)


def check(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


check(server.get_whoami()["fullName"] == "Ada Lantern", "it knows who asks")
# Asked first of all it would come without a login, which a Jenkins closed to the anonymous refuses.
check(server.get_version() == "2.462.2", "the version stands in the header")
names = [job["fullname"] for job in server.get_all_jobs()]
check("payments/payments-api/main" in names, "the branch is found below its folder and project")
check(any("%2F" in name for name in names), "there are branches with a slash")
job = "payments/payments-api/main"
info = server.get_job_info(job)
check(info["lastCompletedBuild"]["number"] <= info["nextBuildNumber"] - 1, "the numbers fit")
number = info["lastCompletedBuild"]["number"]
build = server.get_build_info(job, number)
check(build["number"] == number and build["result"] in ("SUCCESS", "FAILURE", "UNSTABLE", "ABORTED"), "the run has a result")
log = server.get_build_console_output(job, number)
check(log.rstrip().endswith("Finished: " + build["result"]), "its log ends with the same result")
check("\x1b[8mha:" not in log, "the plain log has no console notes")
stages = server.get_build_stages(job, number)
check(stages["stages"][0]["name"] == "Checkout", "its stages are told")
check(server.get_job_info_regex("agent-.*")[0]["name"] == "agent-cleanup", "jobs are found by a pattern")
check(len(server.get_nodes()) == 6, "there are six nodes")
check(any(item.get("stuck") for item in server.get_queue_info()), "something is stuck in the queue")
check(isinstance(server.get_running_builds(), list), "running builds are a list")

queued = server.build_job("agent-cleanup")
item = server.get_queue_item(queued)
check(item["task"]["name"] == "agent-cleanup", "a started run waits in the queue")
parameterised = server.build_job("deploy-production", {"SERVICE": "basket", "VERSION": "1.2.3", "DRY_RUN": "true"})
check(parameterised != queued, "a run with parameters is another item")

try:
    jenkins.Jenkins(url, username=user, password="wrong").get_info()
    sys.exit("not so: a wrong token is refused")
except jenkins.JenkinsException as error:
    check("401" in str(error), "refused with 401")
try:
    server.get_job_info("nowhere")
    sys.exit("not so: a job that is not there is an error")
except jenkins.JenkinsException as error:
    check("does not exist" in str(error), "said so")
print("python-jenkins: everything as it should be")
