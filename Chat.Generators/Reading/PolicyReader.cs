using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads what the daemon is to enforce; what the method does not say, what it overrides or its class may.</summary>
internal sealed class PolicyReader(IMethodSymbol method, Findings findings)
{
    private const int LongestDeadline = 600_000;

    public DeclaredPolicy Read()
    {
        var (permission, rate, deadline) = (Find("Permission"), Find("RateLimit"), Find("Deadline"));
        if (permission is not null && !(permission.Argument<string>(0) ?? "").Split('.').All(NameReader.IsWord))
            findings.Add(Rules.BadName, permission.Place(method), permission.Argument<string>(0) ?? "");
        if (rate is not null && (rate.Argument<int>(0) < 1 || rate.Argument<int>(1) < 1))
            findings.Add(Rules.OutOfBounds, rate.Place(method), "The rate limit must allow at least one in at least one second");
        if (deadline is not null && deadline.Argument<int>(0) is < 1 or > LongestDeadline)
            findings.Add(Rules.OutOfBounds, deadline.Place(method), "The deadline must be positive, and at most 10 minutes");
        var role = permission?.NamedArguments.FirstOrDefault(n => n.Key == "DefaultRole").Value.MemberName();
        var where = Find("OnlyIn")?.ConstructorArguments.FirstOrDefault().MemberName();
        return new(
            permission?.Argument<string>(0), role, where, rate?.Argument<int>(0), rate?.Argument<int>(1), deadline?.Argument<int>(0),
            Find("Confirm") is not null, Find("Audit") is not null, Find("Hidden") is not null);
    }

    private AttributeData? Find(string name) => method.Nearest(name);
}
