import Foundation

/// How this process deals with buffers of the size of a list's page and more.
enum LargeBuffers {
    /// Large buffers go back to the system as soon as they are freed.
    ///
    /// Left alone, glibc raises its threshold with every large buffer that is freed and keeps the next ones in its arenas:
    /// after a list of 10,000 pods the console then held 79 MB instead of 46, for good. Nothing happens on other C libraries.
    static func giveBack() {
        // malloc.h is not in Swift's module of the C library.
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
        let (threshold, arenas): (Int32, Int32) = (-3, -8)  // M_MMAP_THRESHOLD and M_ARENA_MAX
        _ = mallopt(threshold, 128 << 10)
        // What one page's decoding leaves free serves the next one, whichever thread has it.
        _ = mallopt(arenas, 2)
    }
}
