using System.Net;

namespace Chat.Daemon.Configuration;

/// <summary>Rules that involve several settings.</summary>
internal static class OptionRules
{
    public static IEnumerable<string> Problems(ChatOptions options, SettingTexts texts)
    {
        var (listen, tls) = (options.Listen, options.Tls);
        foreach (var wrong in options.Plugins.Allowed.Where(hash => hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            yield return texts.NotAHash("Chat:Plugins:Allowed", wrong);
        foreach (var (plugin, wrong) in from names in options.Plugins.Names
                                        from rule in names.Value
                                        where !CommandRename.TryParse(rule, out _)
                                        select (names.Key, rule))
        {
            yield return texts.NotARename($"Chat:Plugins:Names:{plugin}", wrong);
        }
        var roles = Enum.GetNames<Role>();
        foreach (var wrong in options.Roles.Keys.Where(name => !roles.Contains(name, StringComparer.OrdinalIgnoreCase)))
            yield return texts.NoSuchRole($"Chat:Roles:{wrong}", string.Join(", ", roles).ToLowerInvariant());
        foreach (var wrong in options.Http.Hosts.Where(host => !HostName.TryParse(host, out _)))
            yield return texts.NotAHost("Chat:Http:Hosts", wrong);
        foreach (var wrong in options.Http.TrustedProxies.Where(proxy => !ProxyNetwork.TryParse(proxy, out _)))
            yield return texts.NotANetwork("Chat:Http:TrustedProxies", wrong);
        foreach (var wrong in listen.Proxies.Where(proxy => !ProxyNetwork.TryParse(proxy, out _)))
            yield return texts.NotANetwork("Chat:Listen:Proxies", wrong);
        if (!listen.All.Any())
            yield return texts.NothingToListenOn;
        if (!listen.AllowPlaintext)
        {
            if (listen.Tcp is { } tcp && !IPAddress.IsLoopback(tcp.Address))
                yield return texts.PlaintextBeyondLoopback("Chat:Listen:Tcp", tcp);
            if (listen.Http is { } http && !IPAddress.IsLoopback(http.Address))
                yield return texts.PlaintextBeyondLoopback("Chat:Listen:Http", http);
        }
        foreach (var problem in ClusterProblems(options, texts))
            yield return problem;
        if (tls.Certificate.Length > 0)
            yield break;
        if (listen.Tls is not null)
            yield return texts.CertificateMissing("Chat:Listen:Tls");
        if (listen.Https is not null)
            yield return texts.CertificateMissing("Chat:Listen:Https");
        if (tls.Key.Length > 0)
            yield return texts.KeyWithoutCertificate;
    }

    private static IEnumerable<string> ClusterProblems(ChatOptions options, SettingTexts texts)
    {
        if (!options.Cluster.IsOn)
            yield break;
        if (!options.IsOnServer)
            yield return texts.ClusterWithoutDatabase;
        if (options.History.Durability is Durability.None)
            yield return texts.ClusterInMemory;
        var isPlain = options.Listen.Tcp is not null || options.Listen.Http is not null;
        if (isPlain && !options.Listen.AllowPlaintext && !IPAddress.IsLoopback(options.Cluster.Link.Address))
            yield return texts.PlaintextBeyondLoopback("Chat:Cluster:Listen", options.Cluster.Link);
    }
}
