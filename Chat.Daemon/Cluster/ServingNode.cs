namespace Chat.Daemon.Cluster;

/// <summary>The node that serves.</summary>
/// <param name="Backends">Its run.</param>
/// <param name="Link">HOST:PORT, where it takes the clients of others.</param>
/// <param name="Key">See <see cref="LinkHandshake.KeyOf"/>.</param>
internal sealed record ServingNode(string Backends, string Link, byte[] Key);
