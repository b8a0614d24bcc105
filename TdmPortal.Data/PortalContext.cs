using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Data.Identity;

namespace TdmPortal.Data;

/// <summary>The portal's own tables, schema <c>portal</c>.</summary>
public sealed class PortalContext(DbContextOptions<PortalContext> options) : IdentityDbContext<PortalUser, IdentityRole<Guid>, Guid>(options);
