namespace Chat.LoadTest.Scenarios;

/// <summary>The scenarios by name. A new one is a class and a line here.</summary>
internal static class ScenarioCatalogue
{
    private static readonly Dictionary<string, Func<ScenarioSettings, Scenario>> Makers = new()
    {
        ["fan-out"] = settings => new FanOut(settings),
        ["pairs"] = settings => new Pairs(settings),
        ["big-room"] = settings => new BigRoom(settings),
        ["idle"] = settings => new Idle(settings),
        ["login-storm"] = settings => new LoginStorm(settings),
        ["reconnect-storm"] = settings => new ReconnectStorm(settings),
        ["slow-readers"] = settings => new SlowReaders(settings),
        ["commands"] = settings => new CommandCalls(settings),
        ["history"] = settings => new HistoryPages(settings),
        ["day"] = settings => new Day(settings),
        ["soak"] = settings => new FanOut(settings),
    };

    public static IReadOnlyCollection<string> Kinds => Makers.Keys;

    public static Scenario Create(ScenarioSettings settings) => Makers[settings.Kind](settings);
}
