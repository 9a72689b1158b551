using System.Globalization;
using System.Security.Cryptography;

namespace Chat.Client;

/// <summary>Labels no other run of this session has used: the daemon would take a repeated one for a resend.</summary>
internal sealed class MessageIds
{
    private readonly string run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private long last;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{run}-{Interlocked.Increment(ref last)}");
}
