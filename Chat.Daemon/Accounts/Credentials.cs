using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>Checks passwords, and creates accounts and invitations. Knows nothing about sessions.</summary>
internal sealed class Credentials(
    AccountStore accountStore, KnownNetworkStore knownNetworks, PasswordHasher hasher, GuessLimits guesses, OptionsSource options)
{
    /// <summary>Enough for any passphrase; hashing a megabyte would be an attack.</summary>
    private const int MaxPasswordChars = 256;

    /// <summary>Characters that a new password needs.</summary>
    public int PasswordMinimum => options.Current.PasswordMinimum;

    public ValueTask<Account?> FindAsync(UserName name, CancellationToken cancellation) => accountStore.FindAsync(name, cancellation);

    public ValueTask<Account?> FindAsync(long id, CancellationToken cancellation) => accountStore.FindAsync(id, cancellation);

    /// <inheritdoc cref="AccountStore.SearchAsync"/>
    public ValueTask<IReadOnlyList<ChatUser>> SearchAsync(string part, int limit, CancellationToken cancellation) =>
        accountStore.SearchAsync(part, limit, cancellation);

    /// <summary>Whether there is an account of that name, or of one that looks alike.</summary>
    public ValueTask<bool> IsTakenAsync(UserName name, CancellationToken cancellation) => accountStore.IsTakenAsync(name, cancellation);

    /// <summary>Takes as long for a name without an account as for a wrong password.</summary>
    public async Task<PasswordCheck> CheckAsync(UserName name, string password, IPAddress from, CancellationToken cancellation)
    {
        if (!IsWellFormed(password)) return new PasswordCheck(null, new Refusal(RefusalCode.WrongPassword));
        var (account, network) = (await accountStore.FindAsync(name, cancellation), GuessLimits.NetworkOf(from));
        var isKnown = account is not null && await knownNetworks.ContainsAsync(account.Id, network, cancellation);
        var guess = guesses.Take(name.Key, network, isKnown);
        if (guess.Wait is not null) return new PasswordCheck(null, new Refusal(RefusalCode.RateLimited, RetryAfter: guess.Wait));
        var isRight = await VerifyAsync(password, account, cancellation);
        if (isRight != false) guesses.GiveBack(guess);
        if (isRight is null) return new PasswordCheck(null, new Refusal(RefusalCode.RateLimited, RetryAfter: TimeSpan.FromSeconds(5)));
        if (isRight == false) return new PasswordCheck(null, new Refusal(RefusalCode.WrongPassword));
        await RememberAsync(account!.Id, network, cancellation);
        return new PasswordCheck(account, null);
    }

    /// <summary>Whether it is the account's password; null for a name without an account, or if the hasher is overloaded.</summary>
    public async Task<bool?> IsPasswordAsync(UserName name, string password, CancellationToken cancellation) =>
        await accountStore.FindAsync(name, cancellation) is { } account ? await VerifyAsync(password, account, cancellation) : null;

    /// <summary>Creates a member's account, which knows the network it was created from. The caller holds the name meanwhile.</summary>
    public async Task<PasswordCheck> RegisterAsync(
        ClientFrame.Register frame, UserName name, IPAddress from, CancellationToken cancellation)
    {
        var needsInvitation = options.Current.Registration == Registration.Invitation;
        if (options.Current.Registration == Registration.Closed || (needsInvitation && frame.Invitation is null))
            return new PasswordCheck(null, new Refusal(RefusalCode.Forbidden));
        var code = needsInvitation ? HashOf(frame.Invitation!) : null;
        if (await CreateAsync(name, frame.Password, Role.Member, code, cancellation) is { } refusal)
            return new PasswordCheck(null, new Refusal(refusal));
        var account = await accountStore.FindAsync(name, cancellation)
            ?? throw new InvalidOperationException($"The account {name.Text} was created but cannot be found.");
        await knownNetworks.AddAsync(account.Id, GuessLimits.NetworkOf(from), cancellation);
        return new PasswordCheck(account, null);
    }

    /// <summary>Creates an account. The caller holds the name meanwhile.</summary>
    /// <returns>The refusal's code, <c>bad_arguments</c> for the password alone; null if the account was created.</returns>
    public async Task<string?> CreateAsync(UserName name, string password, Role role, byte[]? invitation, CancellationToken cancellation)
    {
        if (!IsAcceptable(password)) return RefusalCode.BadArguments;
        if (await accountStore.IsTakenAsync(name, cancellation)) return RefusalCode.NameTaken;
        if (await hasher.HashAsync(password, cancellation) is not { } hash) return RefusalCode.RateLimited;
        return await accountStore.CreateAsync(name, role, hash, invitation) switch
        {
            Registered.NameTaken => RefusalCode.NameTaken,
            Registered.NotInvited => RefusalCode.Forbidden,
            _ => null,
        };
    }

    /// <returns>False if the account is the last admin.</returns>
    public Task<bool> SetRoleAsync(long account, Role role) => accountStore.SetRoleAsync(account, role);

    /// <summary>Creates a code that registers one account.</summary>
    public async Task<string> InviteAsync(string createdBy, DateTimeOffset expiresAt)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await accountStore.InviteAsync(HashOf(code), createdBy, expiresAt);
        return code;
    }

    /// <returns>The refusal's code, <c>bad_arguments</c> for the new password alone; null if the password was changed.</returns>
    public async Task<string?> ChangePasswordAsync(
        Account account, string current, string replacement, IPAddress from, CancellationToken cancellation)
    {
        if (!IsAcceptable(replacement)) return RefusalCode.BadArguments;
        var check = await CheckAsync(account.Name, current, from, cancellation);
        if (check.Account is null) return check.Refusal!.Code;
        if (await hasher.HashAsync(replacement, cancellation) is not { } hash) return RefusalCode.RateLimited;
        await accountStore.SetPasswordAsync(account.Id, hash);
        return null;
    }

    private async Task RememberAsync(long account, IPNetwork network, CancellationToken cancellation)
    {
        try
        {
            await knownNetworks.AddAsync(account, network, cancellation);
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            // The password was right, and the next login stores the network.
        }
    }

    private Task<bool?> VerifyAsync(string password, Account? account, CancellationToken cancellation) =>
        account is null || PasswordHasher.IsHash(account.Password)
            ? hasher.VerifyAsync(password, account?.Password, cancellation)
            : throw new DamagedRowException($"accounts row id {account.Id}", AccountStore.BadHash);

    private bool IsAcceptable(string password) =>
        IsWellFormed(password) && TextRules.ScalarsIn(password) >= PasswordMinimum;

    private static bool IsWellFormed(string password) => password.Length is > 0 and <= MaxPasswordChars;

    /// <summary>A fast hash is enough for a code of 96 random bits.</summary>
    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
