namespace Chat.LoadTest.Coordination;

/// <summary>How the runtime of a worker handles sockets and memory. A worker's handlers never block, so one thread can do it all.</summary>
internal static class WorkerEnvironment
{
    private static readonly (string Name, string Value)[] Settings =
    [
        // The thread that waits for the sockets also takes the lines: no hand-over to a pool for every read.
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"),
        ("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1"),
        ("DOTNET_TieredPGO", "0"), // its probes cost more than it gains in a short run
        ("DOTNET_gcConcurrent", "0"),
    ];

    /// <summary>Leaves what the user has set.</summary>
    public static void Set(IDictionary<string, string?> environment)
    {
        foreach (var (name, value) in Settings) environment.TryAdd(name, value);
    }
}
