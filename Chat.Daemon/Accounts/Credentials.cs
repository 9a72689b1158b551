using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>Who has an account, and whether a password is its. Knows nothing of sessions.</summary>
internal sealed class Credentials(AccountStore store, PasswordHasher hasher, GuessLimits guesses, OptionsSource options)
{
    /// <summary>Long enough for any sentence; a megabyte would be an attack.</summary>
    private const int MaxPasswordChars = 256;

    public ValueTask<Account?> FindAsync(UserName name, CancellationToken cancellation) => store.FindAsync(name, cancellation);

    public ValueTask<Account?> FindAsync(long id, CancellationToken cancellation) => store.FindAsync(id, cancellation);

    /// <summary>The account, where name and password are right. It takes as long for a name without an account.</summary>
    public async Task<PasswordCheck> CheckAsync(UserName name, string password, IPAddress from, CancellationToken cancellation)
    {
        var account = await store.FindAsync(name, cancellation);
        if (guesses.WaitFor(name.Key, account, from) is { } wait) return new PasswordCheck(null, RefusalCode.RateLimited, wait);
        if (!IsWellFormed(password)) return new PasswordCheck(null, RefusalCode.WrongPassword);
        switch (await hasher.VerifyAsync(password, account?.Password, cancellation))
        {
            case null:
                return new PasswordCheck(null, RefusalCode.RateLimited, TimeSpan.FromSeconds(5));
            case false:
                guesses.CountWrong(name.Key);
                return new PasswordCheck(null, RefusalCode.WrongPassword);
            default:
                if (account!.KnownAddress != from.ToString()) await store.SetKnownAddressAsync(account.Id, from.ToString());
                return new PasswordCheck(account, null);
        }
    }

    /// <summary>Makes an account. The caller holds the name meanwhile.</summary>
    /// <returns>The code of the refusal, or null.</returns>
    public async Task<string?> RegisterAsync(UserName name, string password, string? invitation, CancellationToken cancellation)
    {
        if (options.Current.Registration == Registration.Closed) return RefusalCode.Forbidden;
        if (options.Current.Registration == Registration.Invitation && invitation is null) return RefusalCode.Forbidden;
        return await CreateAsync(name, password, Role.Member, options.Current.Registration == Registration.Invitation ? HashOf(invitation!) : null, cancellation);
    }

    /// <inheritdoc cref="RegisterAsync"/>
    public async Task<string?> CreateAsync(UserName name, string password, Role role, byte[]? invitation, CancellationToken cancellation)
    {
        if (!IsAcceptable(password)) return RefusalCode.BadArguments;
        if (await store.FindAsync(name, cancellation) is not null) return RefusalCode.NameTaken;
        if (await hasher.HashAsync(password, cancellation) is not { } hash) return RefusalCode.RateLimited;
        return await store.CreateAsync(name, role, hash, invitation) switch
        {
            Registered.NameTaken => RefusalCode.NameTaken,
            Registered.NotInvited => RefusalCode.Forbidden,
            _ => null,
        };
    }

    /// <summary>A code that registers one account, once.</summary>
    public async Task<string> InviteAsync(string createdBy, DateTimeOffset expiresAt)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await store.InviteAsync(HashOf(code), createdBy, expiresAt);
        return code;
    }

    /// <returns>The code of the refusal, or null.</returns>
    public async Task<string?> ChangePasswordAsync(Account account, string current, string replacement, IPAddress from, CancellationToken cancellation)
    {
        if (!IsAcceptable(replacement)) return RefusalCode.BadArguments;
        var check = await CheckAsync(account.Name, current, from, cancellation);
        if (check.Account is null) return check.Refusal;
        if (await hasher.HashAsync(replacement, cancellation) is not { } hash) return RefusalCode.RateLimited;
        await store.SetPasswordAsync(account.Id, hash);
        return null;
    }

    private bool IsAcceptable(string password) => IsWellFormed(password) && TextRules.ScalarsIn(password) >= options.Current.PasswordMinimum;

    private static bool IsWellFormed(string password) => password.Length is > 0 and <= MaxPasswordChars;

    /// <summary>A code has 96 random bits: a fast hash is enough.</summary>
    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}

/// <param name="Account">Null where it is refused.</param>
internal readonly record struct PasswordCheck(Account? Account, string? Refusal, TimeSpan? RetryAfter = null);
