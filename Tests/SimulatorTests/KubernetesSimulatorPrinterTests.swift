import Foundation
import Testing

@testable import Simulator

@Suite("Tables of the simulated API server")
struct KubernetesSimulatorPrinterTests {
    @Test("columns are a real server's to the letter, for every kind there is a recording of")
    func columns() throws {
        let recorded = try KubernetesFixtures.json("kubernetes-simulator/columns.json")
        for (resource, columns) in recorded.members.map({ ($0.key, $0.value) }) {
            let printer = TablePrinter.builtIn[resource] ?? .plain
            #expect(SimJSON.array(printer.columns.map(\.json)) == columns, "\(resource)")
        }
    }

    @Test("cells are what a real server printed of the same object at the same moment")
    func cells() throws {
        let recorded = try KubernetesFixtures.json("kubernetes-simulator/printed-rows.json")
        let definition = try KubernetesFixtures.json("kubernetes/objects/crd-json/body")
        let widgets = CustomResources(definition).printers["lab.example.com/v1/widgets"]
        for entry in recorded.items {
            let resource = entry["resource"].stringValue ?? ""
            let printer = resource == "widgets" ? widgets : TablePrinter.builtIn[resource]
            let now = Date(timeIntervalSince1970: entry["now"].doubleValue ?? 0)
            let cells = printer?.cells(entry["object"], now) ?? []
            #expect(SimJSON.array(cells) == entry["cells"], "\(resource) \(entry["object"].nameCell.text)")
            #expect(printer?.conditions(entry["object"]) == entry["conditions"])
        }
    }

    @Test("ages are written as kubectl writes them")
    func ages() {
        #expect(HumanDuration.text(seconds: 119) == "119s")
        #expect(HumanDuration.text(seconds: 125) == "2m5s")
        #expect(HumanDuration.text(seconds: 3600 * 5 + 60) == "5h1m")
        #expect(HumanDuration.text(seconds: 86_400 * 3 + 3600) == "3d1h")
        #expect(HumanDuration.text(seconds: 86_400 * 800) == "2y70d")
    }

    @Test("times are read and written in UTC, with fractions and offsets")
    func times() {
        #expect(KubeTime.text(Date(timeIntervalSince1970: 1_795_354_037)) == "2026-11-22T13:27:17Z")
        #expect(KubeTime.seconds("2026-11-22T14:27:17.5+01:00") == 1_795_354_037.5)
        #expect(KubeTime.nanoText(1_795_354_037_000_000_042) == "2026-11-22T13:27:17.000000042Z")
    }
}
