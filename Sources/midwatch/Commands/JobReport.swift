import Model

/// A job as `-o json` prints it; these names, like those of all reports, are a promise to scripts.
struct JobReport: Encodable {
    let job: String
    let isFolder: Bool
    let isDisabled: Bool
    let lastRun: RunReport?
    let url: String

    init(_ job: PipelineJob) {
        self.job = job.id
        isFolder = job.isFolder
        isDisabled = job.isDisabled
        lastRun = job.lastRun.map(RunReport.init)
        url = job.url
    }
}
