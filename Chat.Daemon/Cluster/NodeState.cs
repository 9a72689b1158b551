namespace Chat.Daemon.Cluster;

/// <param name="Program">The version of chatd.</param>
internal sealed record NodeState(string Name, string Program, DateTimeOffset Started);
