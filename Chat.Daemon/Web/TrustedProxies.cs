using Chat.Daemon.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPAddress = System.Net.IPAddress;
using IPNetwork = System.Net.IPNetwork;

namespace Chat.Daemon.Web;

/// <summary>The proxies whose word is taken for the address of a client, and for the scheme that it used.</summary>
internal sealed class TrustedProxies(OptionsSource options)
{
    private readonly List<IPNetwork> networks =
        [.. options.Current.Http.TrustedProxies.Select(text => ProxyNetwork.TryParse(text, out var network) ? network : default)];

    public bool Contains(IPAddress address) => networks.Exists(network => network.Contains(address));

    /// <summary>Before each request. Without a proxy nothing is read: ASP.NET would trust everybody then.</summary>
    public void Use(IApplicationBuilder app)
    {
        if (networks.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // as far as the chain of trusted proxies goes
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }
}
