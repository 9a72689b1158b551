using System.Net;

namespace Chat.Daemon.Configuration;

/// <summary>Settings of several daemons on one database.</summary>
internal sealed class ClusterOptions(SettingReader read)
{
    private const int NodeMaximum = 32;

    private readonly string node = read.OptionalNode("Chat:Cluster:Node",
        "Name of this daemon as a node of a cluster, each node another: of all nodes with the same Chat:Database one serves, and the "
        + "others stand by to take over, and relay their clients to it. If empty, it is the host's name where Chat:Cluster:Listen is "
        + "set; else the daemon is alone, and refuses to start while another one uses the database.");

    private readonly IPEndPoint? link = read.Address("Chat:Cluster:Listen", "off",
        "Address at which a node of a cluster takes the clients that other nodes bring while it serves; port 0 takes a free one. If off, "
        + "a free port on loopback, for nodes on one machine. Each connection must prove that it is of a node, but it is not encrypted: "
        + "beyond loopback, give it a network of its own.");

    /// <summary>Empty outside of a cluster.</summary>
    public string Node => node.Length > 0 || link is null ? node : OfHost;

    public IPEndPoint Link => link ?? new IPEndPoint(IPAddress.Loopback, 0);

    public string Secret { get; } = read.Secret("Chat:Cluster:Secret",
        "What all nodes of a cluster must know, beside a key in their database, to bring each other clients. If empty, the key in the "
        + "database is enough.", TakesEffect.AtStart);

    /// <summary>Whether this daemon is a node of a cluster.</summary>
    public bool IsOn => Node.Length > 0;

    private static string OfHost
    {
        get
        {
            var name = string.Concat(Dns.GetHostName().Take(NodeMaximum).Select(letter => IsOfNode(letter) ? letter : '-'));
            return name.Length > 0 ? name : "node";
        }
    }

    public static bool IsNode(string name) => name.Length is > 0 and <= NodeMaximum && name.All(IsOfNode);

    private static bool IsOfNode(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';
}
