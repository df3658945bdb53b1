extension TableColumn {
    static let deployments: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn("Ready", .string, "Number of the pod with ready state"),
        TableColumn(
            "Up-to-date", .string,
            """
            Total number of non-terminating pods targeted by this deployment that have the desired template \
            spec.
            """),
        TableColumn(
            "Available", .string,
            """
            Total number of available non-terminating pods (ready for at least minReadySeconds) targeted by \
            this deployment.
            """),
        TableColumn("Age", .string, creationText),
        TableColumn("Containers", .string, priority: 1, "Names of each container in the template."),
        TableColumn("Images", .string, priority: 1, "Images referenced by each container in the template."),
        TableColumn(
            "Selector", .string, priority: 1,
            """
            Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones \
            affected by this deployment. It must match the pod template's labels.
            """),
    ]

    static let replicaSets: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn(
            "Desired", .integer,
            """
            Replicas is the number of desired pods. This is a pointer to distinguish between explicit zero \
            and unspecified. Defaults to 1. More info: \
            https://kubernetes.io/docs/concepts/workloads/controllers/replicaset
            """),
        TableColumn(
            "Current", .integer,
            """
            Replicas is the most recently observed number of non-terminating pods. More info: \
            https://kubernetes.io/docs/concepts/workloads/controllers/replicaset
            """),
        TableColumn(
            "Ready", .integer,
            """
            The number of non-terminating pods targeted by this ReplicaSet with a Ready Condition.
            """),
        TableColumn("Age", .string, creationText),
        TableColumn("Containers", .string, priority: 1, "Names of each container in the template."),
        TableColumn("Images", .string, priority: 1, "Images referenced by each container in the template."),
        TableColumn(
            "Selector", .string, priority: 1,
            """
            Selector is a label query over pods that should match the replica count. Label keys and values \
            that must match in order to be controlled by this replica set. It must match the pod template's \
            labels. More info: \
            https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
            """),
    ]

    static let statefulSets: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn("Ready", .string, "Number of the pod with ready state"),
        TableColumn("Age", .string, creationText),
        TableColumn("Containers", .string, priority: 1, "Names of each container in the template."),
        TableColumn("Images", .string, priority: 1, "Images referenced by each container in the template."),
    ]

    static let daemonSets: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn(
            "Desired", .integer,
            """
            The total number of nodes that should be running the daemon pod (including nodes correctly \
            running the daemon pod). More info: \
            https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
            """),
        TableColumn(
            "Current", .integer,
            """
            The number of nodes that are running at least 1 daemon pod and are supposed to run the daemon \
            pod. More info: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
            """),
        TableColumn(
            "Ready", .integer,
            """
            numberReady is the number of nodes that should be running the daemon pod and have one or more \
            of the daemon pod running with a Ready Condition.
            """),
        TableColumn(
            "Up-to-date", .integer,
            """
            The total number of nodes that are running updated daemon pod
            """),
        TableColumn(
            "Available", .integer,
            """
            The number of nodes that should be running the daemon pod and have one or more of the daemon \
            pod running and available (ready for at least spec.minReadySeconds)
            """),
        TableColumn(
            "Node Selector", .string,
            """
            NodeSelector is a selector which must be true for the pod to fit on a node. Selector which must \
            match a node's labels for the pod to be scheduled on that node. More info: \
            https://kubernetes.io/docs/concepts/configuration/assign-pod-node/
            """),
        TableColumn("Age", .string, creationText),
        TableColumn("Containers", .string, priority: 1, "Names of each container in the template."),
        TableColumn("Images", .string, priority: 1, "Images referenced by each container in the template."),
        TableColumn(
            "Selector", .string, priority: 1,
            """
            A label query over pods that are managed by the daemon set. Must match in order to be \
            controlled. It must match the pod template's labels. More info: \
            https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
            """),
    ]

    static let jobs: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn("Status", .string, "Status of the job."),
        TableColumn(
            "Completions", .string,
            """
            The number of pods which reached phase Succeeded. The value increases monotonically for a given \
            spec. However, it may decrease in reaction to scale down of elastic indexed jobs.
            """),
        TableColumn("Duration", .string, "Time required to complete the job."),
        TableColumn("Age", .string, creationText),
        TableColumn("Containers", .string, priority: 1, "Names of each container in the template."),
        TableColumn("Images", .string, priority: 1, "Images referenced by each container in the template."),
        TableColumn(
            "Selector", .string, priority: 1,
            """
            A label query over pods that should match the pod count. Normally, the system sets this field \
            for you. More info: \
            https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
            """),
    ]

    static let cronJobs: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn(
            "Schedule", .string,
            """
            The schedule in Cron format, see https://en.wikipedia.org/wiki/Cron.
            """),
        TableColumn(
            "Timezone", .string,
            """
            The time zone name for the given schedule, see \
            https://en.wikipedia.org/wiki/List_of_tz_database_time_zones. If not specified, this will \
            default to the time zone of the kube-controller-manager process. The set of valid time zone \
            names and the time zone offset is loaded from the system-wide time zone database by the API \
            server during CronJob validation and the controller manager during execution. If no system-wide \
            time zone database can be found a bundled version of the database is used instead. If the time \
            zone name becomes invalid during the lifetime of a CronJob or due to a change in host \
            configuration, the controller will stop creating new new Jobs and will create a system event \
            with the reason UnknownTimeZone. More information can be found in \
            https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones
            """),
        TableColumn(
            "Suspend", .boolean,
            """
            This flag tells the controller to suspend subsequent executions, it does not apply to already \
            started executions.  Defaults to false.
            """),
        TableColumn("Active", .integer, "A list of pointers to currently running jobs."),
        TableColumn(
            "Last Schedule", .string,
            """
            Information when was the last time the job was successfully scheduled.
            """),
        TableColumn("Age", .string, creationText),
        TableColumn("Containers", .string, priority: 1, "Names of each container in the template."),
        TableColumn("Images", .string, priority: 1, "Images referenced by each container in the template."),
        TableColumn(
            "Selector", .string, priority: 1,
            """
            A label query over pods that should match the pod count. Normally, the system sets this field \
            for you. More info: \
            https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
            """),
    ]

    static let horizontalPodAutoscalers: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn(
            "Reference", .string,
            """
            scaleTargetRef points to the target resource to scale, and is used to the pods for which \
            metrics should be collected, as well as to actually change the replica count.
            """),
        TableColumn(
            "Targets", .string,
            """
            metrics contains the specifications for which to use to calculate the desired replica count \
            (the maximum replica count across all metrics will be used).  The desired replica count is \
            calculated multiplying the ratio between the target value and the current value by the current \
            number of pods.  Ergo, metrics used must decrease as the pod count is increased, and \
            vice-versa.  See the individual metric source types for more information about how each type of \
            metric must respond. If not set, the default metric will be set to 80% average CPU utilization.
            """),
        TableColumn(
            "MinPods", .string,
            """
            minReplicas is the lower limit for the number of replicas to which the autoscaler can scale \
            down.  It defaults to 1 pod.  minReplicas is allowed to be 0 if the alpha feature gate \
            HPAScaleToZero is enabled and at least one Object or External metric is configured.  Scaling is \
            active as long as at least one metric value is available.
            """),
        TableColumn(
            "MaxPods", .string,
            """
            maxReplicas is the upper limit for the number of replicas to which the autoscaler can scale up. \
            It cannot be less that minReplicas.
            """),
        TableColumn(
            "Replicas", .string,
            """
            currentReplicas is current number of replicas of pods managed by this autoscaler, as last seen \
            by the autoscaler.
            """),
        TableColumn("Age", .string, creationText),
    ]

    static let podDisruptionBudgets: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn("Min Available", .string, "The minimum number of pods that must be available."),
        TableColumn("Max Unavailable", .string, "The maximum number of pods that may be unavailable."),
        TableColumn(
            "Allowed Disruptions", .integer,
            """
            Calculated number of pods that may be disrupted at this time.
            """),
        TableColumn("Age", .string, creationText),
    ]
}
