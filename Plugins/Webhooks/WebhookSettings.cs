using System.Net;
using System.Text.Json.Serialization;

namespace Chat.Plugins.Webhooks;

/// <summary>What the operator sets in <c>Plugins/Webhooks.json</c>.</summary>
public sealed record WebhookSettings
{
    private const int MostPerMinute = 6_000, MostHours = 168;

    /// <summary>Where programs reach the daemon over HTTP. Only shown, in the address of a new incoming webhook.</summary>
    public string Address { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The name of the account that writes what comes in.</summary>
    public string Bot { get; init; } = "webhooks";

    /// <summary>Messages that each incoming webhook may write in a minute.</summary>
    public int PerMinute { get; init; } = 60;

    /// <summary>How long a delivery is tried.</summary>
    public int GiveUpHours { get; init; } = 24;

    /// <summary>Whether outgoing webhooks may use http, which anybody on the way can read and change.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Networks that outgoing webhooks may reach although they are private: <c>10.1.2.0/24</c>.</summary>
    public IReadOnlyList<string> OpenNetworks { get; init; } = [];

    [JsonIgnore]
    internal string? Problem
    {
        get
        {
            if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                return "Address must begin with http:// or https://.";
            if (PerMinute is < 1 or > MostPerMinute) return $"PerMinute must be from 1 to {MostPerMinute}.";
            if (GiveUpHours is < 1 or > MostHours) return $"GiveUpHours must be from 1 to {MostHours}.";
            return OpenNetworks.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } wrong
                ? $"OpenNetworks: \"{wrong}\" is no network. Write one as 10.1.2.0/24, with zeros after its prefix."
                : null;
        }
    }
}
