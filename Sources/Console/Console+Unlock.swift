import Canvas
import Model
import PaneKit

/// `:unlock` and `:lock`: an environment's read-only state, lifted by a person's word for a stated time.
extension Console {
    private static let usualSeconds = 900.0
    private static let mostSeconds = 28_800.0

    /// `:unlock [NAME] [15m]` asks for the name before anything is lifted; the guard checks it.
    mutating func unlock(_ words: [String]) -> [Effect] {
        let spans = words.compactMap { Self.seconds($0) }
        let names = words.filter { Self.seconds($0) == nil }
        guard names.count <= 1, spans.count <= 1 else {
            show(Notice("unlock takes a name and a time: :unlock sandbox 15m", .warning))
            return []
        }
        guard let environment = environment(named: names.first) else { return [] }
        guard world.readOnly(environment) != nil else {
            let rest = world.unlocked(environment).map {
                " for another \(Figure.duration($0.since(world.now).rounded(.up)))"
            }
            show(Notice("\(environment) is not read-only\(rest ?? "")"))
            return []
        }
        let seconds = spans.first ?? Self.usualSeconds
        guard seconds >= 1, seconds <= Self.mostSeconds else {
            show(Notice("unlock for how long? 30s, 15m, 1h; 8h at most", .warning))
            return []
        }
        let label = "type \(environment) to allow changes for \(Figure.span(Int(seconds))): "
        prompt = PromptSession(Prompt("lift", label: label), owner: .lift(environment, seconds: seconds))
        return []
    }

    mutating func lift(_ environment: EnvironmentID, _ seconds: Double, typed: String) -> [Effect] {
        guard typed == environment.name else {
            show(Notice("that is not \(environment): nothing was lifted", .warning))
            return []
        }
        return [.lift(environment, seconds: seconds, typed: typed)]
    }

    mutating func lock(_ words: [String]) -> [Effect] {
        guard let environment = environment(named: words.first) else { return [] }
        guard world.unlocked(environment) != nil else {
            show(
                Notice(
                    world.readOnly(environment) == nil
                        ? "\(environment) was not unlocked" : "\(environment) is read-only already"))
            return []
        }
        return [.lift(environment, seconds: 0, typed: "")]
    }

    /// The environment of that name, else the one in view; nil after saying why not.
    private mutating func environment(named name: String?) -> EnvironmentID? {
        guard let name else {
            if scope.environments.count == 1 { return scope.environment }
            show(
                Notice(
                    "several environments are in view: name one of \(scope.environments.map(\.name).joined(separator: ", "))",
                    .warning))
            return nil
        }
        if let known = world.environment(EnvironmentID(name)) { return known.id }
        let near =
            closestWord(to: name, among: world.environments.map(\.id.name)).map { " · did you mean \($0)?" } ?? ""
        show(Notice("no environment is called \(name)\(near)", .warning))
        return nil
    }

    /// "15m", "90s", "1h"; nil for what is no time.
    private static func seconds(_ word: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = word.last.flatMap({ units[$0] }), let number = Double(word.dropLast()), number.isFinite
        else { return nil }
        return number * unit
    }

    /// `:apply FILE`, `:create FILE`.
    mutating func openFile(_ words: [String], _ purpose: FilePurpose) -> [Effect] {
        guard words.count == 1 else {
            show(Notice("\(purpose.rawValue) what? :\(purpose.rawValue) FILE", .warning))
            return []
        }
        guard let environment = environment(named: nil) else { return [] }
        return [.openFile(words[0], purpose, environment)]
    }
}
