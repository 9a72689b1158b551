using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads the policy of a command or route: from the method, the methods it overrides, and its class.</summary>
internal sealed class PolicyReader(IMethodSymbol method, Findings findings)
{
    private const int LongestDeadline = 600_000;

    public DeclaredPolicy Read() => Read(LongestDeadline, "A deadline must be from 1 ms to 10 minutes");

    /// <summary>Only the permission and the deadline count there.</summary>
    public DeclaredPolicy ReadForRoute(int longestDeadline) => Read(longestDeadline, "A route's deadline must be from 1 ms to 30 s");

    private DeclaredPolicy Read(int longestDeadline, string deadlineRule)
    {
        var (permission, rate, deadline) = (Find("Permission"), Find("RateLimit"), Find("Deadline"));
        if (permission is not null && !(permission.Argument<string>(0) ?? "").Split('.').All(NameReader.IsWord))
            findings.Add(Rules.BadName, permission.LocationOr(method), permission.Argument<string>(0) ?? "");
        if (rate is not null && (rate.Argument<int>(0) < 1 || rate.Argument<int>(1) < 1))
            findings.Add(Rules.OutOfBounds, rate.LocationOr(method), "A rate limit needs at least 1 call in at least 1 second");
        if (deadline is not null && deadline.Argument<int>(0) is var given && (given < 1 || given > longestDeadline))
            findings.Add(Rules.OutOfBounds, deadline.LocationOr(method), deadlineRule);
        var role = permission?.NamedArguments.FirstOrDefault(n => n.Key == "DefaultRole").Value.MemberName();
        var where = Find("OnlyIn")?.ConstructorArguments.FirstOrDefault().MemberName();
        return new(
            permission?.Argument<string>(0), role, where, rate?.Argument<int>(0), rate?.Argument<int>(1), deadline?.Argument<int>(0),
            Find("Confirm") is not null, Find("Audit") is not null, Find("Hidden") is not null);
    }

    private AttributeData? Find(string name) => method.Nearest(name);
}
