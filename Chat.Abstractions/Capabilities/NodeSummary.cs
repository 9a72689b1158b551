namespace Chat;

/// <summary>A daemon that lives: one of a cluster, or the only one.</summary>
/// <param name="Name">As in <c>Chat:Cluster:Node</c>; the host's name outside of a cluster.</param>
/// <param name="Version">The version of chatd.</param>
/// <param name="Started">When it joined the cluster, or was started outside of one.</param>
/// <param name="Load">What it does for clients; null if it stands by to take over.</param>
public sealed record NodeSummary(string Name, string Version, DateTimeOffset Started, NodeLoad? Load);
