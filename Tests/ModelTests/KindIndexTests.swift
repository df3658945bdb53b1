import Model
import Testing

struct KindIndexTests {
    private let coreEvents = ResourceKind(version: "v1", plural: "events", kind: "Event", shortNames: ["ev"])
    private let newEvents = ResourceKind(
        group: "events.k8s.io", version: "v1", plural: "events", kind: "Event", shortNames: ["ev"])
    private let widgets = ResourceKind(
        group: "lab.example.com", version: "v1", plural: "widgets", kind: "Widget", shortNames: ["po", "wd"])
    private let reviews = ResourceKind(
        group: "authentication.k8s.io", version: "v1", plural: "tokenreviews", kind: "TokenReview", verbs: ["create"])

    private var index: KindIndex {
        KindIndex([coreEvents, .pods, .nodes, .deployments, .cronJobs, newEvents, widgets, reviews])
    }

    @Test(
        "plural, singular, short name and kind are accepted in any case",
        arguments: ["deployments", "deployment", "deploy", "Deployment", "DEPLOY"])
    func words(word: String) { #expect(index.resolve(word) == .deployments) }

    @Test("the built-in group wins, and another is reached by its name")
    func groups() {
        #expect(index.resolve("ev") == coreEvents)
        #expect(index.resolve("events.events.k8s.io") == newEvents)
        #expect(index.resolve("po") == .pods)
    }

    @Test("a group may be begun only, and a version may stand before it")
    func qualified() {
        #expect(index.resolve("widget.lab") == widgets)
        #expect(index.resolve("cronjobs.v1.batch") == .cronJobs)
        #expect(index.resolve("cj.batch") == .cronJobs)
        #expect(index.resolve("pods.apps") == nil)
    }

    @Test("kinds that cannot be listed are not found")
    func unlistable() { #expect(index.resolve("tokenreviews") == nil) }

    @Test("a wrong word gets suggestions: what begins so, then what is spelled nearly so")
    func suggestions() {
        #expect(index.suggestions(for: "depl") == ["deployments"])
        #expect(index.suggestions(for: "pdos") == ["pods"])
        #expect(index.suggestions(for: "zzzzzz") == [])
    }
}
