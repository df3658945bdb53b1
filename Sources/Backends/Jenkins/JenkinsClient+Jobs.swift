import HTTP
import JSON
import Model

extension JenkinsClient {
    /// Folders deeper than this are not followed; organisation, team, repository and branch need four.
    private static let deepest = 10
    /// How many levels one request asks for.
    private static let levelsAtOnce = 3

    /// Every folder, multibranch project, branch and job, each parent before its children, in the server's order.
    public func jobs() async throws -> [PipelineJob] { try await jobs(beneath: [], depth: 0) }

    private func jobs(beneath parents: [String], depth: Int) async throws -> [PipelineJob] {
        let address = self.address(ofJob: parents.joined(separator: "/")).path("/api/json")
            .asking("tree", Self.tree(levels: Self.levelsAtOnce))
        let operation = parents.isEmpty ? "list jobs" : "list jobs in \(parents.joined(separator: "/"))"
        let answer = try await caller.json(operation, request(address))
        guard let list = answer["jobs"], list.kind == .array else {
            throw caller.failure(operation, .garbage("a list of jobs was expected; is this a Jenkins?"))
        }
        return try await flatten(list, parents: parents, level: 1, depth: depth)
    }

    private func flatten(
        _ list: JSONValue, parents: [String], level: Int, depth: Int
    ) async throws -> [PipelineJob] {
        var jobs: [PipelineJob] = []
        for value in list.elements {
            guard let name = value["name"]?.string, !name.isEmpty else { continue }
            let path = parents + [name]
            let isFolder = Self.isFolder(value)
            jobs.append(PipelineJob(jenkins: value, path: path, isFolder: isFolder))
            guard isFolder else { continue }
            if level < Self.levelsAtOnce, let inner = value["jobs"] {
                jobs += try await flatten(inner, parents: path, level: level + 1, depth: depth)
            } else if depth + level < Self.deepest {
                jobs += try await self.jobs(beneath: path, depth: depth + level)
            }
        }
        return jobs
    }

    /// `jobs[name,…,jobs[name,…]]`, so many levels deep.
    private static func tree(levels: Int) -> String {
        let fields =
            "name,url,color,buildable,lastBuild[number,url,result,building,timestamp,duration,estimatedDuration]"
        var tree = "jobs[\(fields)]"
        for _ in 1..<levels { tree = "jobs[\(fields),\(tree)]" }
        return tree
    }

    /// A thing with jobs inside; at the deepest level asked for, only its class tells.
    private static func isFolder(_ value: JSONValue) -> Bool {
        if value["jobs"]?.kind == .array { return true }
        let type = value["_class"]?.string ?? ""
        return type.hasSuffix("Folder") || type.hasSuffix("MultiBranchProject") || type.contains("ComputedFolder")
    }
}

extension PipelineJob {
    fileprivate init(jenkins value: JSONValue, path: [String], isFolder: Bool) {
        let id = path.joined(separator: "/")
        let last = value["lastBuild"].flatMap { PipelineRun(jenkins: $0, job: id) }
        self.init(
            id: id, name: Self.plainName(path.last ?? ""), isFolder: isFolder,
            isDisabled: value["color"]?.string == "disabled" || !isFolder && value["buildable"]?.bool == false,
            lastRun: last, url: value["url"]?.string ?? "")
    }

    /// A branch is called "feature%2Flogin" by Jenkins and "feature/login" by people.
    private static func plainName(_ name: String) -> String {
        guard name.contains("%") else { return name }
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
