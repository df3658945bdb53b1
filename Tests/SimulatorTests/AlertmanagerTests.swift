import Foundation
import Testing

@testable import Simulator

@Suite("The simulated Alertmanager")
struct AlertmanagerTests {
    let clock = ManualClock(now: noon)
    let service: AlertmanagerService

    init() {
        service = AlertmanagerService(state: .atNoon(clock: clock))
    }

    @Test("gives every steady alert with its labels, annotations and state")
    func alerts() async {
        let alerts = await service.answer(SimRequest("GET", "/api/v2/alerts")).json.items
        #expect(alerts.count == 10)
        let oom = alerts.first { $0.at("labels", "alertname").stringValue == "ContainerOOMKilled" }
        #expect(oom?.at("labels", "pod").stringValue?.hasPrefix("fraud-scorer-") == true)
        #expect(
            oom?.at("annotations", "runbook_url").stringValue
                == "https://runbooks.lanternpay.example/containeroomkilled")
        #expect(oom?.at("status", "state").stringValue == "active")
        #expect(oom?["startsAt"].stringValue == "2026-11-22T10:00:00.000Z")
    }

    @Test("filters by all four kinds of matchers, all of them together")
    func filters() async {
        #expect(await names("filter=severity%3D%22critical%22") == ["PersistentVolumeFillingUp"])
        #expect(
            await names("filter=team%3D~%22checkout%7Crisk%22&filter=cluster!%3Dproduction") == [
                "KubeContainerWaiting", "KubeJobNotCompleted",
            ])
        #expect(
            await names("filter=alertname!~%22Kube.*%7CWatchdog%22&filter=team!%3D%22ledger%22") == [
                "CertificateExpiresSoon", "ContainerOOMKilled",
            ])
        #expect(await names("filter=alertname%3D~%22Kube%22") == [])
    }

    @Test("hides what is silenced or inhibited when asked to")
    func booleans() async {
        #expect(await names("silenced=false").contains("KubeContainerWaiting") == false)
        #expect(await names("inhibited=false").filter { $0 == "PersistentVolumeFillingUp" }.count == 1)
        #expect(await names("active=false") == ["KubeContainerWaiting", "PersistentVolumeFillingUp"])
        #expect(await names("receiver=pager") == ["PersistentVolumeFillingUp"])
    }

    @Test("refuses a matcher that is none in Alertmanager's words")
    func badMatcher() async {
        let response = await service.answer(SimRequest("GET", "/api/v2/alerts?filter=what"))
        #expect(response.status == 400)
        #expect(response.text == "\"bad matcher format: what\"")
    }

    @Test("groups alerts by receiver and group labels")
    func groups() async throws {
        let groups = await service.answer(SimRequest("GET", "/api/v2/alerts/groups?receiver=team-.*")).json.items
        let filling = groups.filter { $0.at("labels", "alertname").stringValue == "PersistentVolumeFillingUp" }
        #expect(filling.count == 1)
        #expect(filling.first?["alerts"].items.count == 2)
        #expect(filling.first?.at("receiver", "name").stringValue == "team-ledger")
    }

    @Test("silences from the moment a silence begins until it is deleted")
    func silence() async throws {
        let body = """
            {"matchers":[{"name":"alertname","value":"KubeHpaMaxedOut","isRegex":false}],"startsAt":"2026-11-22T12:00:00Z",
             "endsAt":"2026-11-22T14:00:00+01:00","createdBy":"ada","comment":"known"}
            """
        let created = await service.answer(SimRequest("POST", "/api/v2/silences", body: body))
        let id = try #require(created.json["silenceID"].stringValue)
        #expect(await names("silenced=false").contains("KubeHpaMaxedOut") == false)
        #expect(await service.answer(SimRequest("GET", "/api/v2/silence/\(id)")).json.at("status", "state") == "active")
        #expect(await service.answer(SimRequest("DELETE", "/api/v2/silence/\(id)")).status == 200)
        #expect(await names("silenced=false").contains("KubeHpaMaxedOut"))
        let again = await service.answer(SimRequest("DELETE", "/api/v2/silence/\(id)"))
        #expect(again.status == 500)
        #expect(again.text == "\"silence \(id) already expired\"")
    }

    @Test("expires a silence by time")
    func expiry() async {
        #expect(await names("silenced=false").contains("KubeContainerWaiting") == false)
        await clock.advance(by: 86_400)
        #expect(await names("silenced=false").contains("KubeContainerWaiting"))
        let silences = await service.answer(SimRequest("GET", "/api/v2/silences?expired=false"))
        #expect(silences.text == "[]")
    }

    @Test("makes a new silence when an edit changes the matchers")
    func edit() async throws {
        let old = try #require(await service.answer(SimRequest("GET", "/api/v2/silences")).json[0]["id"].stringValue)
        let body = """
            {"id":"\(old)","matchers":[{"name":"alertname","value":"Other"}],"startsAt":"2026-11-22T11:00:00Z",
             "endsAt":"2026-11-22T15:00:00Z","createdBy":"ada","comment":"changed"}
            """
        let new = await service.answer(SimRequest("POST", "/api/v2/silences", body: body)).json["silenceID"].stringValue
        #expect(new != old)
        let states = await service.answer(SimRequest("GET", "/api/v2/silences")).json.items.map {
            $0.at("status", "state")
        }
        #expect(states == ["active", "expired"])
    }

    @Test("refuses silences that are incomplete, over, or without a real matcher")
    func badSilences() async {
        let missing = await post(
            "{\"matchers\":[],\"startsAt\":\"2026-11-22T12:00:00Z\",\"endsAt\":\"2026-11-22T13:00:00Z\",\"createdBy\":\"a\"}"
        )
        #expect(missing.status == 422)
        #expect(missing.text == "{\"code\":602,\"message\":\"silence.comment in body is required\"}")
        let matcher = "{\"name\":\"a\",\"value\":\"b\"}"
        let rest = "\"createdBy\":\"a\",\"comment\":\"c\""
        let past = await post(
            "{\"matchers\":[\(matcher)],\"startsAt\":\"2026-11-22T10:00:00Z\",\"endsAt\":\"2026-11-22T11:00:00Z\",\(rest)}"
        )
        #expect(past.text == "\"failed to create silence: end time can't be in the past\"")
        let reversed = await post(
            "{\"matchers\":[\(matcher)],\"startsAt\":\"2026-11-22T15:00:00Z\",\"endsAt\":\"2026-11-22T14:00:00Z\",\(rest)}"
        )
        #expect(reversed.text == "\"failed to create silence: start time must be before end time\"")
    }

    @Test("takes an alert from outside and resolves it by its end")
    func receive() async {
        let body = "[{\"labels\":{\"alertname\":\"Ours\"},\"endsAt\":\"2026-11-22T12:01:00Z\"}]"
        #expect(await service.answer(SimRequest("POST", "/api/v2/alerts", body: body)).status == 200)
        #expect(await names("receiver=watch") == ["Ours"])
        await clock.advance(by: 61)
        #expect(await names("receiver=watch") == [])
    }

    @Test("says that the first version of its API is gone")
    func versionOne() async {
        #expect(await service.answer(SimRequest("GET", "/api/v1/alerts")).status == 410)
    }

    private func names(_ query: String) async -> [String] {
        await service.answer(SimRequest("GET", "/api/v2/alerts?\(query)")).json.items
            .compactMap { $0.at("labels", "alertname").stringValue }.sorted()
    }

    private func post(_ body: String) async -> SimResponse {
        await service.answer(SimRequest("POST", "/api/v2/silences", body: body))
    }
}
