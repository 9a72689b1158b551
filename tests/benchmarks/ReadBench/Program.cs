using ReadBench;

// Measures what reads cost the daemon, and what the other users notice of them:
// dotnet run -c Release --project tests/benchmarks/ReadBench -- [history | members | welcome | lists | marks]
// The daemon runs in its own process, on a filled database. CPU time and memory are the daemon's alone;
// marks alone runs the storage in this process.
string[] all = ["history", "members", "welcome", "lists", "marks"];
foreach (var name in args.Length > 0 ? args : all)
{
    await (name switch
    {
        "history" => HistoryPages.RunAsync(),
        "members" => MemberPages.RunAsync(),
        "welcome" => Welcomes.RunAsync(),
        "lists" => ListLogins.RunAsync(),
        "marks" => MarkWrites.RunAsync(),
        _ => throw new ArgumentException($"There is no measurement {name}; choose from {string.Join(", ", all)}."),
    });
}
