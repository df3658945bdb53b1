import Foundation
import Testing

@testable import Simulator

@Suite("The simulated Jenkins")
struct JenkinsTests {
    let clock = ManualClock(now: noon)
    let service: JenkinsService

    init() {
        service = JenkinsService(state: .atNoon(clock: clock))
    }

    @Test("answers 401 to a wrong token and 403 to nobody")
    func access() async {
        let wrong = await service.answer(
            SimRequest("GET", "/api/json", headers: ["authorization": "Basic YWRhOndyb25n"]))
        #expect(wrong.status == 401)
        #expect(wrong.header("WWW-Authenticate") == "Basic realm=\"Jenkins\"")
        #expect(await service.answer(SimRequest("GET", "/api/json")).status == 403)
    }

    @Test("shows names, addresses and colours of the root's items and names itself in a header")
    func root() async {
        let response = await get("/api/json?tree=jobs[name,url,color]")
        #expect(response.header("X-Jenkins") == "2.462.2")
        let jobs = response.json["jobs"].items
        #expect(
            jobs.first?.text == """
                {"_class":"com.cloudbees.hudson.plugins.folder.Folder","name":"checkout","url":"http://jenkins.example/job/checkout/"}
                """)
        #expect(
            jobs.last?.text == """
                {"_class":"hudson.model.FreeStyleProject","name":"old-monolith-release","url":"http://jenkins.example/job/old-monolith-release/","color":"disabled"}
                """)
    }

    @Test("cuts lists by ranges and leaves an object empty that is named without brackets")
    func ranges() async {
        let job = await get(
            "/job/payments/job/payments-api/job/main/api/json?tree=builds[number]{1,3},lastBuild,nextBuildNumber")
        let next = job.json["nextBuildNumber"].intValue ?? 0
        #expect(
            job.text == """
                {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob","builds":[\
                {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","number":\(next - 2)},\
                {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","number":\(next - 3)}],\
                "lastBuild":{"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun"},"nextBuildNumber":\(next)}
                """)
    }

    @Test("shows without tree what the depth allows")
    func depth() async {
        let flat = await get("/job/payments/api/json").json["jobs"][0]
        #expect(flat.members.map(\.key) == ["_class", "name", "url"])
        let deep = await get("/job/payments/api/json?depth=1").json["jobs"][0]
        #expect(deep["fullName"].stringValue == "payments/payments-api")
        #expect(deep["jobs"][0]["name"].stringValue == "main")
    }

    @Test("refuses a tree that cannot be read")
    func badTree() async {
        let response = await get("/api/json?tree=jobs[name")
        #expect(response.status == 400)
        #expect(response.text.contains("unexpected end in tree at 9: jobs[name"))
    }

    @Test("finds a branch whose name has a slash under its twice encoded address")
    func branch() async throws {
        let job = try #require(service.book.jobs.all.first { $0.name.contains("feature%2Ftwo-tone") })
        let response = await get("/\(job.urlPath)api/json?tree=name,displayName,url")
        #expect(response.json["name"].stringValue == "feature%2Ftwo-tone-receipts")
        #expect(response.json["displayName"].stringValue == "feature/two-tone-receipts")
        #expect(response.json["url"].stringValue?.hasSuffix("/job/feature%252Ftwo-tone-receipts/") == true)
    }

    @Test("queues a run, starts it after the quiet period and tells its number")
    func build() async throws {
        let job = try #require(idleJob())
        let response = await post("/\(job.urlPath)build")
        #expect(response.status == 201)
        let location = try #require(response.header("Location"))
        let path = location.replacing("http://jenkins.example", with: "") + "api/json"
        #expect(await get(path).json["why"].stringValue == "In the quiet period. Expires in 5 sec")
        #expect(await post("/\(job.urlPath)build").header("Location") == location)
        await clock.advance(by: 6)
        let left = await get(path).json
        #expect(left["_class"].stringValue == "hudson.model.Queue$LeftItem")
        let number = try #require(left.at("executable", "number").intValue)
        let run = await get("/\(job.urlPath)\(number)/api/json?tree=building,actions[causes[userId]]").json
        #expect(run["building"] == true)
        #expect(run["actions"][0]["causes"][0]["userId"] == "ada")
        #expect(await get("/\(job.urlPath)api/json?tree=color").json["color"].stringValue?.hasSuffix("_anime") == true)
    }

    @Test("refuses to start a run by GET")
    func getBuild() async throws {
        let job = try #require(idleJob())
        #expect(await get("/\(job.urlPath)build").status == 405)
    }

    @Test("grows a running log and says when there is no more")
    func progressive() async throws {
        let (job, number) = try await startRun()
        let path = "/\(job.urlPath)\(number)/logText/progressiveText"
        await clock.advance(by: 20)
        let first = await get(path + "?start=0")
        #expect(first.header("X-More-Data") == "true")
        let size = try #require(first.header("X-Text-Size").flatMap { Int($0) })
        #expect(first.text.utf8.count == size)
        #expect(first.text.hasPrefix("Started by user \u{1B}[8mha:////4"))
        await clock.advance(by: 1000)
        let rest = await get(path + "?start=\(size)")
        #expect(rest.header("X-More-Data") == nil)
        #expect(rest.text.contains("\nFinished: "))
        let whole = await get(path + "?start=0")
        #expect(first.text + rest.text == whole.text)
        #expect(size > 0 && rest.text.utf8.count > size)
        let beyond = await get(path + "?start=999999999")
        #expect(beyond.text == whole.text)
    }

    @Test("leaves console notes out of the plain console text")
    func consoleText() async throws {
        let (job, number) = try await startRun()
        await clock.advance(by: 1000)
        let text = await get("/\(job.urlPath)\(number)/consoleText").text
        #expect(text.hasPrefix("Started by user Ada Lantern\n"))
        #expect(!text.contains("\u{1B}[8mha:"))
        #expect(text.contains("\u{1B}[32m✓\u{1B}[0m"))
    }

    @Test("shows the stages of a run as far as it is")
    func stages() async throws {
        let (job, number) = try await startRun()
        await clock.advance(by: 30)
        let running = await get("/\(job.urlPath)\(number)/wfapi/describe").json
        #expect(running["status"] == "IN_PROGRESS")
        #expect(running["stages"].items.map { $0["name"] } == ["Checkout", "Build"])
        #expect(running["stages"].items.map { $0["status"] } == ["SUCCESS", "IN_PROGRESS"])
        await clock.advance(by: 1000)
        let runs = await get("/\(job.urlPath)wfapi/runs?fullStages=true").json
        #expect(runs[0]["id"].stringValue == "\(number)")
        #expect(runs[0]["status"] != "IN_PROGRESS")
        #expect(runs.items.count <= 10)
    }

    @Test("stops a run by POST")
    func stop() async throws {
        let (job, number) = try await startRun()
        await clock.advance(by: 10)
        #expect(await post("/\(job.urlPath)\(number)/stop").status == 302)
        let run = await get("/\(job.urlPath)\(number)/api/json?tree=result,building").json
        #expect(run["result"] == "ABORTED")
        #expect(run["building"] == false)
    }

    @Test("tells who asks, and gives a crumb")
    func person() async {
        #expect(await get("/whoAmI/api/json").json["name"] == "ada")
        #expect(await get("/crumbIssuer/api/json").json["crumbRequestField"] == "Jenkins-Crumb")
    }

    @Test("shows agents, one of them offline with its reason")
    func agents() async {
        let json = await get("/computer/api/json?tree=computer[displayName,offline,offlineCauseReason]").json
        #expect(
            json["computer"].items.last?.text == """
                {"_class":"hudson.slaves.SlaveComputer","displayName":"agent-mac","offline":true,"offlineCauseReason":"Connection was broken"}
                """)
    }

    @Test("has runs that went well and runs that did not, the newest good one with the commit that runs in production")
    func history() async throws {
        let runs = service.book.jobs.all.filter(\.isMainBranch).flatMap { service.book.runs(of: $0, at: noon) }
        let results = Set(runs.compactMap { $0.result(at: noon) })
        #expect(results == [.success, .failure, .unstable, .aborted])
        let job = try #require(service.book.jobs[["payments", "payments-api", "main"]])
        let last = service.book.runs(of: job, at: noon).first { $0.result(at: noon) == .success }
        #expect(
            last?.commit
                == service.state.company.cluster("production")?.workload("payments-api", in: "payments")?.commit)
    }

    @Test("answers HEAD without a body but with the log's size")
    func head() async throws {
        let (job, number) = try await startRun()
        await clock.advance(by: 20)
        let response = await service.answer(
            SimRequest("HEAD", "/\(job.urlPath)\(number)/logText/progressiveText", headers: credentials))
        #expect(response.text == "")
        #expect(response.header("X-Text-Size").flatMap { Int($0) } ?? 0 > 0)
    }

    private var credentials: [String: String] {
        let token = JenkinsService.token(of: "ada", seed: 1)
        return ["authorization": "Basic " + Data("ada:\(token)".utf8).base64EncodedString(), "host": "jenkins.example"]
    }

    private func get(_ target: String) async -> SimResponse {
        await service.answer(SimRequest("GET", target, headers: credentials))
    }
    private func post(_ target: String) async -> SimResponse {
        await service.answer(SimRequest("POST", target, headers: credentials))
    }

    /// A main branch that has nothing to do at noon.
    private func idleJob() -> JenkinsJob? {
        service.book.jobs.all.first {
            $0.isMainBranch && service.book.runs(of: $0, at: noon).first?.isBuilding(at: noon) == false
        }
    }

    private func startRun() async throws -> (JenkinsJob, Int) {
        let job = try #require(idleJob())
        let planner = RunPlanner(company: service.state.company)
        var dice = LogDice(1)
        var plan = planner.plan(job, number: 1, queueID: 0, at: noon, cause: .person(service.state.company.people[0]))
        plan.stages = planner.stages(of: job, &dice)
        plan.stoppedAt = nil
        plan.skipped = []
        let item = service.book.enqueue(job, cause: plan.cause, plan: plan, at: noon)
        await clock.advance(by: 5)
        return (job, try #require(service.book.item(item, at: clock.now)?.number))
    }
}
