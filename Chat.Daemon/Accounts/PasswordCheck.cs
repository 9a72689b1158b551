namespace Chat.Daemon.Accounts;

/// <summary>The outcome of a name and a password: the account, or the refusal.</summary>
internal readonly record struct PasswordCheck(Account? Account, Refusal? Refusal);
