using Chat.LoadTest.Scenarios;
using Chat.Protocol;

namespace Chat.LoadTest.CommandLine;

/// <summary>Ranges in a scenario file. The options on the command line have the same.</summary>
internal static class ScenarioChecks
{
    private const int MostUsers = 1_000_000, MostName = 60, MostStages = 100;

    /// <summary>Null if there is none.</summary>
    public static string? FirstMistake(ScenarioSettings one, LoadTexts texts)
    {
        if (!ScenarioCatalogue.Kinds.Contains(one.Kind)) return texts.BadScenario(one.Kind, string.Join(", ", ScenarioCatalogue.Kinds));
        if (one.Name is { } name && !IsName(name)) return texts.BadName(name);
        if (one.Arrivals is not (ScenarioSettings.Even or ScenarioSettings.Poisson)) return texts.BadArrivals(one.Arrivals);
        (string Name, double Value, double Min, double Max)[] ranges =
        [
            ("users", one.Users, 1, MostUsers), ("rooms", one.Rooms, 1, one.Users), ("senders", one.Senders ?? 1, 1, one.Users),
            ("start", one.Start, 0, 86_400), ("window", one.Window, 0, ProtocolLimits.RememberedIds),
            ("payload", one.Payload, 1, ProtocolLimits.TextScalars), ("share", one.Share, 0, 100), ("messages", one.Messages, 1, 1_000_000),
            ("think", one.Think, 0.001, 3_600), ("session", one.Session, 0.1, 86_400), ("command", one.Command.Length, 1, 64),
            ("mix.read", one.Mix.Read, 0, 1e6), ("mix.write", one.Mix.Write, 0, 1e6), ("mix.edit", one.Mix.Edit, 0, 1e6),
            ("mix.react", one.Mix.React, 0, 1e6), ("mix.search", one.Mix.Search, 0, 1e6), ("mix.command", one.Mix.Command, 0, 1e6),
            ("mix", one.Mix.Sum, 0.001, 6e6), ("changes", one.Changes ?? 0, 0, 100), ("search", one.Search, 0, 100),
            ("stages", one.Stages.Count, 1, MostStages),
            .. one.Stages.SelectMany((stage, i) => OfStage(stage, i)), ("stages", one.Seconds, 0.001, 86_400),
        ];
        var wrong = ranges.FirstOrDefault(range => !(range.Value >= range.Min && range.Value <= range.Max));
        return wrong.Name is null ? null : $"{one.Label}: {texts.OutOfRange(wrong.Name, $"{wrong.Value}", wrong.Min, wrong.Max)}";
    }

    /// <summary>A threshold must be able to name it.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= MostName && !name.Any(c => c is ':' or '<' or '>' or '=' || char.IsControl(c));

    private static IEnumerable<(string Name, double Value, double Min, double Max)> OfStage(Stage stage, int index) =>
    [
        ($"stages[{index}].seconds", stage.Seconds, 0.001, 86_400),
        ($"stages[{index}].rate", stage.Rate, 0, 100_000),
        ($"stages[{index}].from", stage.FirstRate, 0, 100_000),
    ];
}
