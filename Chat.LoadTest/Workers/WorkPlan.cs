using Chat.Client.Programs;
using Chat.LoadTest.Wire;

namespace Chat.LoadTest.Workers;

/// <summary>A worker's share of the run.</summary>
/// <param name="Run">Part of every name and text, so that a run ignores the messages of another.</param>
/// <param name="Daemons">User <c>n</c> connects to the <c>n</c>th of them, modulo their number.</param>
internal sealed record WorkPlan(
    string Run,
    IReadOnlyList<DaemonAddress> Daemons,
    TlsSettings Tls,
    string Protocol,
    int Warmup,
    long Seed,
    IReadOnlyList<ScenarioPart> Parts);
