namespace Chat.LoadTest;

/// <summary>What the help says about options, arguments and commands.</summary>
internal sealed partial class LoadTexts
{
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

    public string OptionScenario => Text();

    public string OptionSenders => Text();

    public string OptionStages => Text();

    public string OptionArrivals => Text();

    public string OptionWindow => Text();

    public string OptionShare => Text();

    public string OptionChanges => Text();

    public string OptionSearch => Text();

    public string OptionCommand => Text();

    public string OptionMessages => Text();

    public string OptionThink => Text();

    public string OptionSession => Text();

    public string OptionProtocol => Text();

    public string OptionSeed => Text();

    public string OptionFailIf => Text();

    public string OptionFindCapacity => Text();

    public string OptionReport => Text();

    public string OptionInit => Text();

    public string CommandReport => Text();

    public string ArgumentReportFolder => Text();

    public string CommandCompare => Text();

    public string ArgumentCompareA => Text();

    public string ArgumentCompareB => Text();

    public string OptionCompareHtml => Text();

    public string CommandCoordinate => Text();

    public string CommandWork => Text();

    public string OptionListen => Text();

    public string OptionJoined => Text();

    public string OptionJoin => Text();
}
