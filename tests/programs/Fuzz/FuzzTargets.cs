using Fuzz.Targets;

namespace Fuzz;

/// <summary>Every parser of hostile input. A new one is a class in <c>Targets</c> and a line here.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<Func<IFuzzTarget>> All { get; } =
    [
        () => new LinesTarget(), () => new WebSocketTarget(), () => new ProxyHeadersTarget(), () => new ClientFramesTarget(),
        () => new DaemonFramesTarget(), () => new NamesTarget(), () => new TextsTarget(), () => new CommandLinesTarget(),
        () => new CommandArgsTarget(), () => new SettingsTarget(), () => new AssembliesTarget(), () => new ClientTarget(),
        () => new TerminalTarget(), () => new SearchQueriesTarget(),
    ];
}
