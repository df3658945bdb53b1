import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

@Suite("The Jenkins client")
struct JenkinsClientTests {
    let server = FakeTransport()
    var client: JenkinsClient {
        JenkinsClient(ServiceEndpoint(base: "https://ci.lantern.example", transport: server))
    }

    @Test("lists folders, multibranch projects and branches, parents first, with their last run")
    func jobs() async throws {
        server.answer(.get, "/api/json", Self.jobTree)
        let jobs = try await client.jobs()
        #expect(
            jobs.map(\.id) == [
                "payments", "payments/ledger", "payments/ledger/main", "payments/ledger/feature%2Flogin", "nightly",
            ])
        #expect(jobs.map(\.name) == ["payments", "ledger", "main", "feature/login", "nightly"])
        #expect(jobs.map(\.isFolder) == [true, true, false, false, false])
        #expect(jobs.map(\.isDisabled) == [false, false, false, false, true])
        #expect(
            jobs[2].lastRun
                == PipelineRun(
                    id: RunReference(job: "payments/ledger/main", number: 42), state: .running,
                    started: Timestamp(nanoseconds: 1_772_357_400_000_000_000), duration: 0, expected: 180,
                    url: "https://ci.lantern.example/job/payments/job/ledger/job/main/42/"))
        #expect(jobs[3].lastRun?.state == .failed)
        #expect(jobs[4].lastRun == nil)
    }

    @Test("asks for what it needs with tree, three levels at once")
    func tree() async throws {
        server.answer(.get, "/api/json", #"{"jobs":[]}"#)
        _ = try await client.jobs()
        let fields =
            "name,url,color,buildable,lastBuild[number,url,result,building,timestamp,duration,estimatedDuration]"
        #expect(
            server.requests.map(\.url) == [
                "https://ci.lantern.example/api/json?tree=jobs[\(fields),jobs[\(fields),jobs[\(fields)]]]"
            ])
    }

    @Test("asks again beneath a folder that lies deeper than the first answer reaches")
    func deepFolders() async throws {
        server.answer(
            .get, "/api/json",
            #"""
            {"jobs":[{"_class":"com.cloudbees.hudson.plugins.folder.Folder","name":"a","jobs":[
            {"_class":"com.cloudbees.hudson.plugins.folder.Folder","name":"b","jobs":[
            {"_class":"org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject","name":"c"}]}]}]}
            """#)
        server.answer(.get, "/job/a/job/b/job/c/api/json", #"{"jobs":[{"name":"main","color":"blue"}]}"#)
        #expect(try await client.jobs().map(\.id) == ["a", "a/b", "a/b/c", "a/b/c/main"])
    }

    @Test("lists runs with their stages, cause and commit")
    func runs() async throws {
        server.answer(.get, "/job/payments/job/ledger/job/feature%252Flogin/api/json", Self.builds)
        server.answer(.get, "/job/payments/job/ledger/job/feature%252Flogin/wfapi/runs", Self.stages)
        let answer = try await client.runs(ofJob: "payments/ledger/feature%2Flogin")
        #expect(answer.hasStages)
        #expect(answer.runs.map(\.id.number) == [42, 41])
        #expect(answer.runs.map(\.state) == [.paused, .failed])
        #expect(
            answer.runs[0].stages == [
                .init(name: "Build", state: .succeeded, duration: 61.2),
                .init(name: "Approve", state: .paused, duration: 4),
            ])
        #expect(answer.runs[1].cause == "Started by user Ada Lantern")
        #expect(answer.runs[1].commit == "9fceb02d0ae598e95dc970b74767f19372d61af8")
        #expect(answer.runs[1].duration == 75.25)
        #expect(answer.runs[1].stages.isEmpty)
    }

    @Test("lists runs without stages where the plugin is absent")
    func noStages() async throws {
        server.answer(.get, "/job/nightly/api/json", Self.builds)
        server.answer(.get, "/job/nightly/wfapi/runs", status: 404, headers: ["Content-Type": "text/html"], "<html>")
        let answer = try await client.runs(ofJob: "nightly")
        #expect(!answer.hasStages)
        #expect(answer.runs.map(\.state) == [.running, .failed])
    }

    @Test("names what is wrong with the login, with the right, with the address")
    func refusals() async {
        server.answer(
            .get, "/api/json", with: Self.page(401, "Unauthorized"), Self.page(403, "Authentication required"),
            Self.page(404, "Error 404 Not Found"), Self.page(200, "Sign in [Jenkins]"), Self.text("{\"jobs\": [{\"na"),
            Self.text("{\"mode\":\"NORMAL\"}"))
        #expect(
            await message()
                == "cannot list jobs: Jenkins at https://ci.lantern.example refused the login: Unauthorized; "
                + "check its user and token in the configuration")
        #expect(
            await message()
                == "cannot list jobs: Jenkins at https://ci.lantern.example does not permit it: Authentication required; "
                + "ask for the right, or use another login")
        #expect(
            await message()
                == "cannot list jobs: Jenkins at https://ci.lantern.example has nothing at this address: "
                + "Error 404 Not Found; it may be gone, or the url in the configuration is wrong")
        #expect(
            await message()
                == "cannot list jobs: Jenkins at https://ci.lantern.example answered with the page \"Sign in [Jenkins]\" "
                + "instead of data; check the address, and whether a login page stands before it")
        #expect(
            await message()?.hasPrefix(
                "cannot list jobs: the answer of Jenkins at https://ci.lantern.example cannot be read: not JSON")
                == true)
        #expect(
            await message()
                == "cannot list jobs: the answer of Jenkins at https://ci.lantern.example cannot be read: "
                + "a list of jobs was expected; is this a Jenkins?")
    }

    private func message() async -> String? {
        await #expect(throws: ServiceError.self) { try await client.jobs() }?.message
    }

    private static func page(_ status: Int, _ title: String) -> FakeTransport.Answer {
        let head = HTTPHead(status: status, headers: ["Content-Type": "text/html;charset=utf-8"])
        return .response(HTTPResponse(head: head, body: Array("<html><head><title>\(title)</title></head>".utf8)))
    }

    private static func text(_ body: String) -> FakeTransport.Answer {
        .response(HTTPResponse(head: HTTPHead(status: 200), body: Array(body.utf8)))
    }

    static let jobTree = """
        {"_class":"hudson.model.Hudson","jobs":[
        {"_class":"com.cloudbees.hudson.plugins.folder.Folder","name":"payments","url":"https://ci.lantern.example/job/payments/","jobs":[
        {"_class":"org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject","name":"ledger","url":"u","jobs":[
        {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob","name":"main","url":"u","buildable":true,"color":"blue_anime",
        "lastBuild":{"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","building":true,"duration":0,
        "estimatedDuration":180000,"number":42,"result":null,"timestamp":1772357400000,
        "url":"https://ci.lantern.example/job/payments/job/ledger/job/main/42/"}},
        {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob","name":"feature%2Flogin","url":"u","buildable":true,"color":"red",
        "lastBuild":{"building":false,"duration":75250,"estimatedDuration":-1,"number":7,"result":"FAILURE","timestamp":1772357400000,"url":"u"}}]}]},
        {"_class":"hudson.model.FreeStyleProject","name":"nightly","url":"u","buildable":false,"color":"disabled","lastBuild":null}]}
        """

    static let builds = """
        {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob","builds":[
        {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","actions":[{},{"_class":"hudson.model.CauseAction","causes":[
        {"_class":"jenkins.branch.BranchEventCause","shortDescription":"Push event to branch main"}]}],
        "building":true,"duration":0,"estimatedDuration":70000,"number":42,"result":null,"timestamp":1772357400000,"url":"u"},
        {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","actions":[{"_class":"hudson.model.CauseAction","causes":[
        {"_class":"hudson.model.Cause$UserIdCause","shortDescription":"Started by user Ada Lantern"}]},{},
        {"_class":"hudson.plugins.git.util.BuildData","lastBuiltRevision":{"SHA1":"9fceb02d0ae598e95dc970b74767f19372d61af8"}}],
        "building":false,"duration":75250,"estimatedDuration":70000,"number":41,"result":"FAILURE","timestamp":1772350000000,"url":"u"}]}
        """

    static let stages = """
        [{"_links":{"self":{"href":"/job/x/42/wfapi/describe"}},"id":"42","name":"#42","status":"PAUSED_PENDING_INPUT",
        "startTimeMillis":1772357400000,"durationMillis":65200,"stages":[
        {"id":"6","name":"Build","execNode":"","status":"SUCCESS","durationMillis":61200,"pauseDurationMillis":0},
        {"id":"14","name":"Approve","execNode":"","status":"PAUSED_PENDING_INPUT","durationMillis":4000}]}]
        """
}
