namespace Chat.Daemon.Configuration;

/// <summary>Settings of several daemons on one database.</summary>
internal sealed class ClusterOptions(SettingReader read)
{
    private const int NodeMaximum = 32;

    public string Node { get; } = read.OptionalNode("Chat:Cluster:Node",
        "Name of this daemon as a node of a cluster, each node another: of all nodes with the same Chat:Database one serves clients, and "
        + "the others stand by to take over. If empty, the daemon is alone and refuses to start while another one uses the database.");

    /// <summary>Whether this daemon is a node of a cluster.</summary>
    public bool IsOn => Node.Length > 0;

    public static bool IsNode(string name) => name.Length is > 0 and <= NodeMaximum
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
