import Canvas
import Foundation
import Model
import PaneKit

/// Joins console, terminal, inbox and clock on the main thread: waits for any of them, handles, draws what changed.
///
/// Plain synchronous code. Data is drawn at most 30 times a second; a key is answered at once. With nothing to do the loop
/// wakes for the clock alone, and more seldom while the picture does not change by it.
public final class MainLoop {
    public private(set) var console: Console
    private let terminal: any Terminal
    private let inbox: any UpdateInbox
    private let effects: any EffectHandler
    private let now: () -> Timestamp
    private let wait: (_ descriptors: [Int32], _ seconds: Double) -> Void
    private let variables: [String: String]
    private let runProgram: ([String]) -> Int32
    private let readFile: (String) throws -> String
    private var pace: Pace
    private var frame = Frame(Size(width: 0, height: 0))
    private var former = Frame(Size(width: 0, height: 0))
    private var isOver = false

    /// `tick` is how often, in seconds, what only time changes is drawn; `now` is the clock, which tests drive by hand;
    /// `wait` returns when a descriptor is readable or the time is over; `variables` name the person's editor,
    /// `runProgram` runs it on the terminal and returns its exit code.
    public init(
        console: Console, terminal: any Terminal, inbox: any UpdateInbox, effects: any EffectHandler, tick: Double = 1,
        now: @escaping () -> Timestamp = MainLoop.systemTime,
        wait: @escaping ([Int32], Double) -> Void = MainLoop.poll,
        variables: [String: String] = ProcessInfo.processInfo.environment,
        runProgram: @escaping ([String]) -> Int32 = ForegroundProgram.run,
        readFile: @escaping (String) throws -> String = DocumentFile.read
    ) {
        self.console = console
        self.terminal = terminal
        self.inbox = inbox
        self.effects = effects
        self.now = now
        self.wait = wait
        self.variables = variables
        self.runProgram = runProgram
        self.readFile = readFile
        pace = Pace(tick: tick)
    }

    /// Runs until the person quits or the terminal is gone.
    public func run() {
        console.isUnicode = terminal.isUnicode
        console.tick(now: now())
        carryOut(console.start(size: terminal.size))
        draw(at: now())
        while !isOver { turn() }
    }

    /// One round: wait, take in, draw.
    private func turn() {
        let descriptors = [terminal.inputDescriptor, terminal.signalDescriptor, inbox.descriptor].filter { $0 >= 0 }
        wait(descriptors, pace.delay(at: now()))
        carryOut(console.tick(now: now()))
        let input = terminal.readInput()
        for event in input where !isOver { carryOut(console.handle(event)) }
        let updates = inbox.drain()
        if !updates.isEmpty { carryOut(console.apply(updates)) }
        guard !isOver else { return }
        if !input.isEmpty { pace.keyCame() }
        if !updates.isEmpty { pace.dataCame() }
        if pace.isDue(at: now()) { draw(at: now()) }
    }

    private func draw(at time: Timestamp) {
        frame.clear(console.size)
        console.draw(into: frame)
        if terminal.palette != console.theme.palette { terminal.palette = console.theme.palette }
        let changed = frame.cells != former.cells || frame.cursor != former.cursor || frame.size != former.size
        terminal.present(frame)
        swap(&frame, &former)
        pace.drew(at: time, changed: changed)
    }

    private func carryOut(_ list: [Effect]) {
        for effect in list {
            switch effect {
            case .quit: isOver = true
            case .suspend: carryOutSuspend()
            case .invalidate: terminal.invalidate()
            case .copy(let text, let what): copy(text, what)
            case .runEditor(let request, let id): edit(request, id)
            case .openFile(let path, let purpose, let environment): open(path, purpose, environment)
            default: if let notice = effects.perform(effect) { console.show(notice) }
            }
        }
    }

    private func carryOutSuspend() {
        terminal.suspend()
        console.tick(now: now())
        carryOut(console.handle(.resize(terminal.size)))
    }

    /// Nothing is drawn and nothing read while the editor has the terminal; feeds go on, and are merged meanwhile.
    private func edit(_ request: EditorRequest, _ id: ActionID) {
        terminal.leave()
        let status = runProgram(EditorCommand(request, variables: variables).words)
        terminal.enter()
        terminal.invalidate()
        console.tick(now: now())
        if terminal.size != console.size { carryOut(console.handle(.resize(terminal.size))) }
        carryOut([.order(id, .edited(status: status))])
    }

    private func open(_ path: String, _ purpose: FilePurpose, _ environment: EnvironmentID) {
        do {
            let manifest = try readFile(path)
            let verb: ActionVerb =
                purpose == .apply ? .apply(manifest: manifest, force: false) : .create(manifest: manifest)
            carryOut(console.propose(Action(verb, on: [], in: environment)))
        } catch {
            let reason = (error as? DocumentFile.Failure)?.reason ?? error.localizedDescription
            console.show(Notice("could not read \(DisplayText.safe(path)): \(reason)", .failure))
        }
    }

    private func copy(_ text: String, _ what: String) {
        if let way = terminal.copy(text) {
            console.show(Notice("copied \(what) (\(way))"))
        } else {
            console.show(Notice("could not copy \(what): no way to the clipboard from here", .warning))
        }
    }
}

extension MainLoop {
    /// The real clock.
    public static func systemTime() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Waits with poll(2); a signal ends the wait early, which does no harm.
    public static func poll(_ descriptors: [Int32], _ seconds: Double) {
        var list = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = Foundation.poll(&list, nfds_t(list.count), Int32(max(0, min(seconds, 60)) * 1000 + 0.999))
    }
}
