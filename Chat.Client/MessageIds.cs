using System.Globalization;
using System.Security.Cryptography;

namespace Chat.Client;

/// <summary>Ids that no other run of this session uses: the daemon takes a repeated id for a resend.</summary>
internal sealed class MessageIds
{
    private readonly string run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private long last;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{run}-{Interlocked.Increment(ref last)}");
}
