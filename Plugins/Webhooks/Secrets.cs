using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Plugins.Webhooks;

/// <summary>Secrets of 256 random bits, and what is kept of those that come in.</summary>
internal static class Secrets
{
    /// <summary>Letters of a webhook's id.</summary>
    public const int IdLength = 8;

    private const int Bytes = 32;
    private const string SigningPrefix = "whsec_";

    /// <summary>In letters that need no escape in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A secret to sign with, in the form of the Standard Webhooks.</summary>
    public static string NewForSigning() => SigningPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    public static string NewId() => RandomNumberGenerator.GetHexString(IdLength, lowercase: true);

    /// <summary>All that is stored. So many random bits need no salt.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary><c>v1,</c> and a HMAC-SHA256 over id, time and body.</summary>
    public static string Sign(string secret, string id, long timestamp, string body)
    {
        var key = Convert.FromBase64String(secret[SigningPrefix.Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
    }
}
