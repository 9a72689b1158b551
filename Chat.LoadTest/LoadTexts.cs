using System.Globalization;
using Chat.Client.Programs;

namespace Chat.LoadTest;

/// <summary>The program's texts, with numbers formatted for the language.</summary>
internal sealed partial class LoadTexts(string language) : Texts(language, CultureInfo.GetCultureInfo(language))
{
    /// <summary>For pages.</summary>
    public string LanguageCode => Text();

    public string Program => Text();

    public string BadAddress(string given) => Text([given]);

    public string BadDurability(string given) => Text([given]);

    public string DurabilityWithConnect => Text();

    public string OutOfRange(string option, string given, object min, object max) => Text([option, given, min, max]);

    public string MoreThanUsers(string option, int given, int users) => Text([option, given, users]);

    public string NoDaemon => Text();

    public string DaemonDidNotStart(string errors) => Text([errors]);

    public string CannotConnect(string daemon, string reason) => Text([daemon, reason]);

    public string LimitsTooLow(string daemon, string settings) => Text([daemon, settings]);

    public string StoppedBeforeStart => Text();

    public string Entering(int users, int rooms, int workers, string daemon) => Text([users, rooms, workers, daemon]);

    public string Progress(long seconds, int users, long sent, long delivered, long perSecond, long refused) =>
        Text([seconds, users, sent, delivered, perSecond, refused]);

    public string Settling => Text();

    public string LabelDaemon => Text();

    public string TemporaryDaemon(string durability, string fileSystem) => Text([durability, fileSystem]);

    public string ConnectedDaemon(string address) => Text([address]);

    public string LabelUsers => Text();

    public string Users(int present, int wanted, int rooms, int workers) => Text([present, wanted, rooms, workers]);

    public string LabelSent => Text();

    public string TlsNeedsConnect => Text();

    public string BadCa(string file, string reason) => Text([file, reason]);

    public string LabelWarmup => Text();

    public string Warmup(int seconds) => Text([seconds]);

    public string Sent(long sent, long echoed, double seconds) => Text([sent, echoed, seconds]);

    public string LabelDelivered => Text();

    public string Delivered(long delivered, double perSecond) => Text([delivered, perSecond]);

    public string LabelWrong => Text();

    public string Wrong(long lost, long doubled, long disordered) => Text([lost, doubled, disordered]);

    public string LabelEcho => Text();

    public string LabelDelivery => Text();

    public string LabelUsage => Text();

    public string Usage(double seconds, long mebibytes, double microseconds) => Text([seconds, mebibytes, microseconds]);

    public string LabelWorkers => Text();

    public string LabelCounters => Text();

    public string Counters(long messages, long deliveries, long slow) => Text([messages, deliveries, slow]);

    public string LabelRefusals => Text();

    public string None => Text();

    public string LabelNotIn => Text();

    public string LabelEnded => Text();

    public string LabelMissed => Text();

    public string Missed(long count) => Text([count]);

    public string LabelUnknown => Text();

    public string Unknown(long count) => Text([count]);

    public string LabelUnsent => Text();

    public string Unsent(long count) => Text([count]);

    public string LabelUnanswered => Text();

    public string Unanswered(long count) => Text([count]);

    public string ClocksDrifted(double error, double drift) => Text([error, drift]);

    public string CoordinatorGone(string coordinator) => Text([coordinator]);

    public string TooManyFiles(int users, long files) => Text([users, files]);

    public string UnknownSetting(string name) => Text([name]);

    public string WrongKind(string setting, long line) => Text([setting, line]);

    public string LabelChanges => Text();

    public string Changes(long made, long delivered, long lost, long doubled, long disordered, long differing) =>
        Text([made, delivered, lost, doubled, disordered, differing]);

    public string LabelUnechoed => Text();

    public string Unechoed(long count) => Text([count]);

    public string LabelWrongAnswers => Text();

    public string WrongAnswers(long count) => Text([count]);

    public string LabelSearch => Text();

    public string LabelChange => Text();

    public string LabelChangeDelivery => Text();

    public string LabelStrayed => Text();

    public string Strayed(long count) => Text([count]);

    public string LabelDied => Text();

    public string WorkerDied(int status) => Text([status]);

    public string DaemonEnded(int status) => Text([status]);

    public string LabelInterrupted => Text();

    public string Interrupted => Text();

    public string Clean => Text();

    public string NotClean => Text();

    public string BadArrivals(string given) => Text([given]);

    public string BadStages(string given) => Text([given]);

    public string BadScenario(string given, string known) => Text([given, known]);

    public string BadProtocol(string given) => Text([given]);

    public string BadThreshold(string given, string known) => Text([given, known]);

    public string BadThresholdScenario(string given) => Text([given]);

    public string BadName(string given) => Text([given]);

    public string NameTwice(string name) => Text([name]);

    public string BadScenarioFile(string file, string reason) => Text([file, reason]);

    public string BesideScenarioFile(string option) => Text([option]);

    public string CannotWrite(string path, string reason) => Text([path, reason]);

    public string ProtocolNeedsConnect => Text();

    public string ScenarioNeedsChat(string kind, string protocol) => Text([kind, protocol]);

    public string CapacityNeedsThreshold => Text();

    public string CapacityNeedsOpenModel => Text();

    public string Trying(double factor) => Text([factor]);

    public string LabelScenarios => Text();

    public string LabelNumbers => Text();

    public string Numbers(long holes, long repeats, long differing) => Text([holes, repeats, differing]);

    public string LabelLastMember => Text();

    public string LabelLogin => Text();

    public string LabelResume => Text();

    public string LabelCommand => Text();

    public string LabelHistory => Text();

    public string LabelPing => Text();

    public string Uncorrected(double p50, double p99, double max) => Text([p50, p99, max]);

    public string LabelSaturated => Text();

    public string Saturated(int seconds) => Text([seconds]);

    public string LabelClock => Text();

    public string ClockError(double milliseconds) => Text([milliseconds]);

    public string LabelEndedAsPlanned => Text();

    public string LabelThreshold => Text();

    public string ThresholdHeld(string expression, double measured) => Text([expression, measured]);

    public string ThresholdBroken(string expression, double measured) => Text([expression, measured]);

    public string ThresholdUnmeasured(string expression) => Text([expression]);

    public string LabelStep => Text();

    public string StepText(double factor, double sent, double delivered, string latency, string cpu, string verdict) =>
        Text([factor, sent, delivered, latency, cpu, verdict]);

    public string StepHeld => Text();

    public string StepSaturated(string verdict, int seconds) => Text([verdict, seconds]);

    public string LabelCapacity => Text();

    public string CapacityFound(double factor, string broke) => Text([factor, broke]);

    public string CapacityUnbounded(double factor) => Text([factor]);

    public string NoCapacity(string? broke) => Text([broke]);

    public string LabelTester => Text();

    public string ThresholdsBroken => Text();

    public string CleanWithoutMessages => Text();

    public string Initialized(string file, string schema) => Text([file, schema]);

    public string UsageAlone(double seconds, long mebibytes) => Text([seconds, mebibytes]);

    public string ReportTitle => Text();

    public string CompareTitle => Text();

    public string TableRun => Text();

    public string TableLatencies => Text();

    public string TableThresholds => Text();

    public string TableUsage => Text();

    public string TableCapacity => Text();

    public string TableScenarios => Text();

    public string TableChanges => Text();

    public string RowDate => Text();

    public string RowMachine => Text();

    public string RowProgram => Text();

    public string RowSeed => Text();

    public string ColumnScenario => Text();

    public string ColumnKind => Text();

    public string ColumnStages => Text();

    public string ColumnRate => Text();

    public string ColumnLost => Text();

    public string ColumnDoubled => Text();

    public string ColumnDisordered => Text();

    public string ColumnMetric => Text();

    public string ColumnUncorrected => Text();

    public string ColumnMeasured => Text();

    public string ColumnVerdict => Text();

    public string ColumnChange => Text();

    public string ClosedModel(int window) => Text([window]);

    public string PlotLatency(string metric) => Text([metric]);

    public string PlotSpectrum => Text();

    public string PlotThroughput => Text();

    public string PlotCpu => Text();

    public string PlotMemory => Text();

    public string PlotKnee => Text();

    public string PlotKneeCpu => Text();

    public string AxisSeconds => Text();

    public string AxisFactor => Text();

    public string AxisPercentile => Text();

    public string NoteSaturated => Text();

    public string ComparedPairs(int pairs) => Text([pairs]);

    public string ComparedOnePair => Text();

    public string ComparedDifferent(string what) => Text([what]);

    public string ComparedSaturated(string runs) => Text([runs]);

    public string ComparedInterrupted(string runs) => Text([runs]);

    public string Better => Text();

    public string Worse => Text();

    public string WithinNoise => Text();

    public string UnevenRuns(int a, int b) => Text([a, b]);

    public string CannotRead(string path, string reason) => Text([path, reason]);

    public string NotAReport(string found, string known) => Text([found, known]);

    public string WaitingForWorkers(int count, string address) => Text([count, address]);

    public string CannotListen(string address, string reason) => Text([address, reason]);

    public string NotAWorker(string address) => Text([address]);

    public string CannotJoin(string address) => Text([address]);

    public string NewSecret(string variable, string secret) => Text([variable, secret]);

    public string SecretNeeded(string variable, int least) => Text([variable, least]);

    public string CoordinateNeedsConnect => Text();

    public string CapacityNeedsOwnWorkers => Text();
}
