using System.Globalization;
using Chat.Client.Programs;

namespace Chat.LoadTest;

/// <summary>The program's texts, with numbers formatted for the language.</summary>
internal sealed class LoadTexts(string language) : Texts(language, CultureInfo.GetCultureInfo(language))
{
    public string Program => Text();

    public string OptionConnect => Text();

    public string OptionUsers => Text();

    public string OptionRooms => Text();

    public string OptionWorkers(int cores) => Text([cores]);

    public string OptionTls => Text();

    public string OptionCa => Text();

    public string OptionWarmup => Text();

    public string OptionSeconds => Text();

    public string OptionRate => Text();

    public string OptionPayload => Text();

    public string OptionDurability => Text();

    public string OptionJson => Text();

    public string OptionHelp => Text();

    public string OptionVersion => Text();

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

    public string WorkerUsage(double seconds) => Text([seconds]);

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

    public string LabelStrayed => Text();

    public string Strayed(long count) => Text([count]);

    public string LabelDied => Text();

    public string WorkerDied(int status) => Text([status]);

    public string DaemonEnded(int status) => Text([status]);

    public string LabelInterrupted => Text();

    public string Interrupted => Text();

    public string Clean => Text();

    public string NotClean => Text();
}
