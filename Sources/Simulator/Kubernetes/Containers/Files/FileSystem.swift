import Foundation
import Synchronization

/// The files of one container: what its image holds and what was written since it started.
///
/// Paths are absolute. Nothing in it waits; what a container may write is bounded by `quota` and by the cluster's budget.
final class FileSystem: Sendable {
    struct State: Sendable {
        var nodes: [Int: FileNode]
        var data: [Int: [UInt8]] = [:]
        var next = 1
        var used = 0
    }

    static let quota = 256 << 20
    private static let nodeCost = 256
    let state: Mutex<State>
    private let budget: StorageBudget
    private let now: @Sendable () -> Date

    init(budget: StorageBudget, now: @escaping @Sendable () -> Date) {
        self.budget = budget
        self.now = now
        state = Mutex(State(nodes: [0: FileNode(kind: .directory([:]), mode: 0o755, modified: now())]))
    }

    deinit { budget.giveBack(state.withLock { $0.used }) }

    // MARK: Looking

    func info(_ path: String, follows: Bool = true) throws -> FileInfo {
        try state.withLock { state in
            let number = try Self.find(path, follows: follows, in: state)
            return Self.info(number, state)
        }
    }

    func exists(_ path: String) -> Bool { (try? info(path)) != nil }  // Every reason means that it is not there.

    /// The names in a directory, sorted, with what they are.
    func list(_ path: String) throws -> [(name: String, info: FileInfo)] {
        try state.withLock { state in
            let number = try Self.find(path, in: state)
            guard case .directory(let entries)? = state.nodes[number]?.kind else { throw FileError.notDirectory }
            return entries.sorted { $0.key < $1.key }.map { ($0.key, Self.info($0.value, state)) }
        }
    }

    /// The bytes of a file from an offset on; empty at its end.
    func read(_ number: Int, at offset: Int, count: Int) -> [UInt8] {
        state.withLock { state in
            switch state.nodes[number]?.kind {
            case .file?:
                guard let data = state.data[number], offset < data.count else { return [] }
                return offset == 0 && data.count <= count ? data : Array(data[offset..<min(data.count, offset + count)])
            case .generated(let file)?: return file.bytes(at: offset, count: count)
            case .program(let name)?:
                let bytes = Array("\u{7f}ELF\u{2}\u{1}\u{1}\u{0}\(name)\n".utf8)
                return offset < bytes.count ? Array(bytes[offset...]) : []
            default: return []
            }
        }
    }

    // MARK: Changing

    /// The number of a file to write to; made where it is not there, emptied where `truncates`.
    func openForWriting(_ path: String, truncates: Bool, mode: Int = 0o644) throws -> Int {
        try state.withLock { state in
            do {
                let number = try Self.find(path, in: state)
                switch state.nodes[number]?.kind {
                case .directory: throw FileError.isDirectory
                case .device: return number
                case .file: if truncates { self.empty(number, &state) }
                default:
                    guard truncates else { throw FileError.permission }
                    state.nodes[number]?.kind = .file
                    self.empty(number, &state)
                }
                return number
            } catch FileError.noEntry {
                return try self.add(.file, at: path, mode: mode, to: &state)
            }
        }
    }

    func append(_ bytes: [UInt8], to number: Int) throws {
        try state.withLock { state in
            guard case .file? = state.nodes[number]?.kind else { return }
            guard state.used + bytes.count <= Self.quota, budget.take(bytes.count) else { throw FileError.noSpace }
            state.used += bytes.count
            state.data[number, default: []].append(contentsOf: bytes)
            state.nodes[number]?.modified = now()
        }
    }

    func makeDirectory(_ path: String, mode: Int = 0o755) throws {
        try state.withLock { state in
            if (try? Self.find(path, in: state)) != nil { throw FileError.exists }  // Not there is what is wanted.
            _ = try self.add(.directory([:]), at: path, mode: mode, to: &state)
        }
    }

    func link(_ path: String, to target: String) throws {
        try state.withLock { state in _ = try self.add(.link(target), at: path, mode: 0o777, to: &state) }
    }

    /// Puts a made-up thing there: an image's program, a device, a generated file.
    func put(_ kind: FileNode.Kind, at path: String, mode: Int) throws {
        try state.withLock { state in _ = try self.add(kind, at: path, mode: mode, to: &state) }
    }

    /// Takes away one file, link, or empty directory.
    func remove(_ path: String) throws {
        try state.withLock { state in
            let number = try Self.find(path, follows: false, in: state)
            guard number != 0 else { throw FileError.permission }
            if case .directory(let entries)? = state.nodes[number]?.kind, !entries.isEmpty { throw FileError.notEmpty }
            let (parent, name) = try Self.parent(of: path, in: state)
            self.unlink(name, from: parent, &state)
            self.drop(number, &state)
        }
    }

    func rename(_ from: String, to target: String) throws {
        try state.withLock { state in
            let number = try Self.find(from, follows: false, in: state)
            let (oldParent, oldName) = try Self.parent(of: from, in: state)
            let (newParent, newName) = try Self.parent(of: target, in: state)
            guard !Self.isInside(newParent, number, state) else { throw FileError.invalid }
            if let present = Self.entry(newName, of: newParent, state) {
                guard present != number else { return }
                guard state.nodes[present]?.isDirectory != true else { throw FileError.exists }
                self.drop(present, &state)
            }
            self.unlink(oldName, from: oldParent, &state)
            self.enter(newName, number, into: newParent, &state)
        }
    }

    func setMode(_ path: String, _ mode: Int) throws {
        try state.withLock { state in state.nodes[try Self.find(path, in: state)]?.mode = mode }
    }

    func touch(_ path: String) throws {
        try state.withLock { state in state.nodes[try Self.find(path, in: state)]?.modified = self.now() }
    }
}

// MARK: Under the lock
extension FileSystem {
    private func add(_ kind: FileNode.Kind, at path: String, mode: Int, to state: inout State) throws -> Int {
        let (parent, name) = try Self.parent(of: path, in: state)
        guard !name.isEmpty, Self.entry(name, of: parent, state) == nil else { throw FileError.exists }
        // A name and its node cost memory too.
        guard state.used + Self.nodeCost <= Self.quota, budget.take(Self.nodeCost) else { throw FileError.noSpace }
        state.used += Self.nodeCost
        let number = state.next
        state.next += 1
        state.nodes[number] = FileNode(kind: kind, mode: mode, modified: now())
        enter(name, number, into: parent, &state)
        return number
    }

    private func drop(_ number: Int, _ state: inout State) {
        empty(number, &state)
        guard state.nodes.removeValue(forKey: number) != nil else { return }
        state.used -= Self.nodeCost
        budget.giveBack(Self.nodeCost)
    }

    private func empty(_ number: Int, _ state: inout State) {
        guard let bytes = state.data.removeValue(forKey: number) else { return }
        state.used -= bytes.count
        budget.giveBack(bytes.count)
    }

    private func enter(_ name: String, _ number: Int, into parent: Int, _ state: inout State) {
        guard case .directory(var entries)? = state.nodes[parent]?.kind else { return }
        entries[name] = number
        state.nodes[parent]?.kind = .directory(entries)
        state.nodes[parent]?.modified = now()
    }

    private func unlink(_ name: String, from parent: Int, _ state: inout State) {
        guard case .directory(var entries)? = state.nodes[parent]?.kind else { return }
        entries[name] = nil
        state.nodes[parent]?.kind = .directory(entries)
        state.nodes[parent]?.modified = now()
    }

    private static func info(_ number: Int, _ state: State) -> FileInfo {
        let node = state.nodes[number] ?? FileNode(kind: .file, mode: 0, modified: .distantPast)
        let size =
            switch node.kind {
            case .file: state.data[number]?.count ?? 0
            case .generated(let file): file.size
            case .link(let target): target.utf8.count
            case .directory: 4096
            case .program(let name): name.utf8.count + 9
            case .device: 0
            }
        return FileInfo(node: node, number: number, size: size)
    }

    private static func entry(_ name: String, of directory: Int, _ state: State) -> Int? {
        guard case .directory(let entries)? = state.nodes[directory]?.kind else { return nil }
        return entries[name]
    }

    /// Whether a directory is `ancestor` or lies below it.
    private static func isInside(_ directory: Int, _ ancestor: Int, _ state: State) -> Bool {
        if directory == ancestor { return true }
        guard case .directory(let entries)? = state.nodes[ancestor]?.kind else { return false }
        return entries.values.contains { isInside(directory, $0, state) }
    }

    private static func parent(of path: String, in state: State) throws -> (Int, String) {
        let parts = Path.parts(path)
        guard let name = parts.last else { throw FileError.exists }
        guard path.utf8.count <= 4096, parts.count <= 256, name.utf8.count <= 255 else { throw FileError.nameTooLong }
        let parent = try find(Array(parts.dropLast()), follows: true, in: state, depth: 0)
        guard state.nodes[parent]?.isDirectory == true else { throw FileError.notDirectory }
        return (parent, name)
    }

    private static func find(_ path: String, follows: Bool = true, in state: State) throws -> Int {
        let number = try find(Path.parts(path), follows: follows, in: state, depth: 0)
        if path.hasSuffix("/"), state.nodes[number]?.isDirectory != true { throw FileError.notDirectory }
        return number
    }

    private static func find(_ parts: [String], follows: Bool, in state: State, depth: Int) throws -> Int {
        guard depth < 40 else { throw FileError.loop }
        var (number, walked): (Int, [String]) = (0, [])
        for (index, part) in parts.enumerated() {
            guard state.nodes[number]?.isDirectory == true else { throw FileError.notDirectory }
            guard let next = entry(part, of: number, state) else { throw FileError.noEntry }
            let isLast = index == parts.count - 1
            if case .link(let target)? = state.nodes[next]?.kind, follows || !isLast {
                let base = target.hasPrefix("/") ? target : "/" + (walked + [target]).joined(separator: "/")
                let rest = Path.parts(base) + parts[(index + 1)...]
                return try find(rest, follows: follows, in: state, depth: depth + 1)
            }
            (number, walked) = (next, walked + [part])
        }
        return number
    }
}
