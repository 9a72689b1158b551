using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Diagnostics;
using NSec.Cryptography;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Argon2id with OWASP's parameters (19 MiB, two passes, one lane; Password Storage Cheat Sheet). A hash takes some 20 ms of a core and
/// 19 MiB, so only a few run at once, on threads of their own. Up to a limit, others wait.
/// </summary>
internal sealed class PasswordHasher : IDisposable
{
    private const int MemoryKiB = 19_456;
    private const int Passes = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>At 20 ms each, a user further back in the queue has given up.</summary>
    private const int MaxWaiting = 500;

    private static readonly int Parallel = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim free = new(Parallel);
    private readonly PasswordBasedKeyDerivationAlgorithm algorithm;
    private readonly string decoy = HashOfNoPassword();
    private int waiting;

    /// <exception cref="StartupException">The native library does not load.</exception>
    public PasswordHasher()
    {
        try
        {
            algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(
                new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = MemoryKiB, NumberOfPasses = Passes });
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or PlatformNotSupportedException)
        {
            var reason = e.GetBaseException().Message.Split('\n')[0].Trim();
            throw new StartupException(
                ExitStatus.WrongUsage,
                $"Cannot load libsodium, which hashes passwords ({reason}): use the archive that is built for this system.");
        }
    }

    /// <summary>Random bytes in the form of a hash: no password has it, and it costs no time.</summary>
    public static string HashOfNoPassword() => Encode(RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>Whether the text is a hash that this version can check.</summary>
    public static bool IsHash(string text) => PartsOf(text) is not null;

    /// <summary>The hash with its parameters and salt, in the PHC string format.</summary>
    /// <returns>Null if too many already wait.</returns>
    public Task<string?> HashAsync(string password, CancellationToken cancellation) =>
        QueueAsync(() => (string?)Hash(password), cancellation);

    /// <param name="stored">Null for a name without an account: then the answer is false, and takes as long as for a wrong
    /// password.</param>
    /// <returns>Null if too many already wait.</returns>
    public Task<bool?> VerifyAsync(string password, string? stored, CancellationToken cancellation) =>
        QueueAsync(() => (bool?)(Matches(password, stored ?? decoy) && stored is not null), cancellation);

    public void Dispose() => free.Dispose();

    private async Task<T?> QueueAsync<T>(Func<T?> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return default;
        }
        try
        {
            await free.WaitAsync(cancellation);
            try
            {
                return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = algorithm.DeriveBytes(BytesOf(password), salt, HashBytes);
        return Encode(salt, hash);
    }

    private static string Encode(byte[] salt, byte[] hash) =>
        $"$argon2id$v=19$m={MemoryKiB},t={Passes},p=1${Base64(salt)}${Base64(hash)}";

    private bool Matches(string password, string stored)
    {
        if (PartsOf(stored) is not var (salt, hash)) throw new ArgumentException("This is not a hash.", nameof(stored));
        return CryptographicOperations.FixedTimeEquals(algorithm.DeriveBytes(BytesOf(password), salt, HashBytes), hash);
    }

    private static (byte[] Salt, byte[] Hash)? PartsOf(string stored) =>
        stored.Split('$') is ["", "argon2id", "v=19", var parameters, var salt, var hash] && parameters == $"m={MemoryKiB},t={Passes},p=1"
        && FromBase64(salt, SaltBytes) is { } saltBytes && FromBase64(hash, HashBytes) is { } hashBytes ? (saltBytes, hashBytes) : null;

    /// <summary>The same bytes however a keyboard composes the letters.</summary>
    private static byte[] BytesOf(string password) =>
        // Normalize rejects U+FFFE.
        Encoding.UTF8.GetBytes(password.Contains('\uFFFE') ? password : password.Normalize(NormalizationForm.FormC));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? FromBase64(string text, int length)
    {
        var bytes = new byte[length];
        var isRight = Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written);
        return isRight && written == length ? bytes : null;
    }
}
